package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about packs that are wrong, word for word. */
final class PackProblemsTest {
  private static final String AGENT = "shop/agents/stock.yaml";

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tool: sql.query|tol: sql.query|"
            + " 18:7: spec.steps[0].tol: unknown key 'tol'; allowed: name, tool, arguments, agent, input, optional, fork, template;"
            + " nearest: 'tool'",
        "    - name: note|    - nam: note|"
            + " 20:7: spec.steps[1].nam: unknown key 'nam'; allowed: name, tool, arguments, agent, input, optional, fork, template;"
            + " nearest: 'name'",
        "zone: green|zone: amber| 6:3: spec.zone: found 'amber'; allowed: green, yellow, red",
        "zone: green\\n  taskTypes|taskTypes| 4:1: spec.zone: missing; allowed: green, yellow, red",
        "type: workflow|type: workflw|"
            + " 5:3: spec.type: found 'workflw'; allowed: workflow, llm; nearest: 'workflow'",
        "type: workflow|kind: workflow| 4:1: spec.type: missing; allowed: workflow, llm",
        "turnsMax: 1|turnsMax: 0|"
            + " 15:12: spec.limits.turnsMax: found 0; allowed: a whole number from 1 to 1000",
        "turnsMax: 1|turnsMax: 1.5|"
            + " 15:12: spec.limits.turnsMax: found 1.5; allowed: a whole number from 1 to 1000",
        "turnsMax: 1|turnsMax: 1e25|"
            + " 15:12: spec.limits.turnsMax: found 10000000000000000000000000; allowed: a whole"
            + " number from 1 to 1000",
        "turnsMax: 1|turnsMax: many|"
            + " 15:12: spec.limits.turnsMax: found 'many'; allowed: a whole number from 1 to 1000",
        "PT5M|5m|"
            + " 15:42: spec.limits.timeMax: found '5m'; allowed: an ISO 8601 duration such as PT5M or"
            + " P1D",
        "PT5M|P8D| 15:42: spec.limits.timeMax: found 'P8D'; allowed: PT1S to PT168H",
        "PT5M|PT0S| 15:42: spec.limits.timeMax: found 'PT0S'; allowed: PT1S to PT168H",
        "taskTypes: [count-stock]|taskTypes: count|"
            + " 7:3: spec.taskTypes: found 'count'; allowed: a list of at most 50 items",
        "taskTypes: [count-stock]|taskTypes: [a, b, a]|"
            + " 7:3: spec.taskTypes: found 'a' a second time; allowed: each item once",
        "taskTypes: [count-stock]|taskTypes: [Count]|"
            + " 7:15: spec.taskTypes[0]: found 'Count'; allowed: 1 to 63 of a-z, 0-9 and '-',"
            + " beginning with a letter",
        "list:     {|List:     {|"
            + " 10:5: spec.inputs.List: found key 'List'; allowed: 1 to 63 of a-z, 0-9 and '_',"
            + " beginning with a letter",
        "{type: integer|{type: integer, format: file|"
            + " 12:16: spec.inputs.limit.type: found 'integer'; allowed: string",
        "format: connection|format: conection|"
            + " 11:30: spec.inputs.database.format: found 'conection'; allowed: text, file, folder,"
            + " connection; nearest: 'connection'",
        "exactlyOneOf: [list, database]|exactlyOneOf: [list]|"
            + " 13:3: spec.exactlyOneOf: found a list of 1 item; allowed: a list of 2 to 50 items",
        "exactlyOneOf: [list, database]|exactlyOneOf: [lst, database]|"
            + " 13:18: spec.exactlyOneOf[0]: unknown input 'lst'; allowed: list, database, limit;"
            + " nearest: 'list'",
        "format: file,|format: file, required: true,|"
            + " 13:18: spec.exactlyOneOf[0]: found 'list', which is required; allowed: optional inputs",
        "tools: [sql.query, mail.send]|tools: [mail.send]|"
            + " 18:7: spec.steps[0].tool: unknown tool 'sql.query'; allowed: mail.send",
        "tools: [sql.query, mail.send]|tools: []|"
            + " 18:7: spec.steps[0].tool: unknown tool 'sql.query'; allowed: none is declared",
        "template: \"|tool: sql.query\\n      template: \"|"
            + " 20:7: spec.steps[1]: found tool and template; allowed: exactly one of tool, template, agent, fork",
        "tool: sql.query\\n|template: x\\n|"
            + " 19:7: spec.steps[0].arguments: found without 'tool'; allowed: only together with it",
        "name: note|name: count|"
            + " 20:7: spec.steps[1].name: found 'count' a second time; allowed: each name once\\n"
            + "22:12: spec.output.text: found a reference to the unknown earlier step 'note'; allowed:"
            + " count",
        "steps.count.fields.total|steps.cont.fields.total|"
            + " 21:7: spec.steps[1].template: found a reference to the unknown earlier step 'cont';"
            + " allowed: count; nearest: 'count'",
        "${input.list}|${steps.note.text}|"
            + " 19:7: spec.steps[0].arguments: found a reference to the unknown earlier step 'note';"
            + " allowed: none, this is the first",
        "${input.list}|${input.lists}|"
            + " 19:7: spec.steps[0].arguments: found a reference to the unknown input 'lists';"
            + " allowed: list, database, limit, text; nearest: 'list'",
        "${input.list}|${inputs.list}|"
            + " 19:7: spec.steps[0].arguments: found reference '${inputs.list}'; allowed:"
            + " ${input.NAME}, ${steps.NAME.text}, ${steps.NAME.fields…}, and $${ for the characters"
            + " themselves",
        "${input.list}|${input.list|"
            + " 19:7: spec.steps[0].arguments: found reference '${input.list'; allowed:"
            + " ${input.NAME}, ${steps.NAME.text}, ${steps.NAME.fields…}, and $${ for the characters"
            + " themselves",
        "fields: \"${steps.count.fields}\"|fields: \"${steps.note.fields}\"|"
            + " 22:40: spec.output.fields: found fields of step 'note', which is a template; allowed:"
            + " its text",
        "fields: \"${steps.count.fields}\"|fields: \"all ${steps.count.fields}\"|"
            + " 22:40: spec.output.fields: found 'all ${steps.count.fields}'; allowed: one reference,"
            + " or a map",
        "fields: \"${steps.count.fields}\"|fields: [a]|"
            + " 22:40: spec.output.fields: found a list of 1 item; allowed: one reference such as"
            + " \"${steps.audit.fields}\", or keys with templates",
        "name: stock,|name: stocks,|"
            + " 3:12: metadata.name: found 'stocks'; allowed: 'stock', as the file is named",
        "description: Counts the stock|description: |"
            + " 3:25: metadata.description: found nothing; allowed: text of 1 to 500 characters",
        "agentos.io/v1|agentos.io/v2|"
            + " 1:1: apiVersion: found 'agentos.io/v2'; allowed: agentos.io/v1; nearest:"
            + " 'agentos.io/v1'",
        "kind: Agent|kind: Policy| 2:1: kind: found 'Policy'; allowed: Agent",
      })
  void agent_wrong(String old, String now, String told) {
    PackFolder folder =
        PackFolder.shop(root).replace(AGENT, unescaped(old), now == null ? "" : unescaped(now));

    assertThat(told(folder))
        .isEqualTo(
            unescaped(told)
                .lines()
                .map(line -> folder.path().resolve(AGENT) + ":" + line)
                .collect(Collectors.joining("\n")));
  }

  @Test
  void agent_isAList() {
    assertThat(told(PackFolder.shop(root).write(AGENT, "[a, b]")))
        .isEqualTo(root + "/" + AGENT + ":1:1: found a list of 2 items; allowed: a map");
  }

  @Test
  void agent_twice() {
    PackFolder folder =
        PackFolder.shop(root).replace("shop/pack.yaml", "[stock]", "[stock, stock]");

    assertThat(told(folder))
        .isEqualTo(
            root
                + "/shop/pack.yaml:4:8: spec.agents: found 'stock' a second time; allowed: each item once");
  }

  private static String told(PackFolder folder) {
    return Told.by(() -> PackLoader.load(folder.path())).detail();
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }
}
