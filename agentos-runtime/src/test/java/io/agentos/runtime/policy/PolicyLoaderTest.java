package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.Verdict;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.policy.Rule.Effect;
import io.agentos.runtime.policy.Rule.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyLoaderTest {
  private static final String HEAD =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: %s, description: A test}
      spec:
        rules:
      """;

  private static final String EVERY_KEY =
      """
          - name: night
            effect: limit
            match:
              tenants: [acme, "be*"]
              packs: [supabase]
              agents: ["supabase.*", shop.stock]
              types: [audit]
              zones: [yellow, green]
              labels: {env: "prod*"}
              priorityMax: 3
            reason: At night less.
            limits: {turnsMax: 5, timeMax: PT5M}
          - name: mail
            effect: require-approval
            kind: egress
            match: {tools: ["mail.*"]}
            when: "'secrets.read' in history.tools"
            approvers: {count: 2, roles: [approver, admin]}
            reason: Mail goes out.
          - name: refunds
            kind: quota
            effect: limit
            match: {tools: [pay.refund]}
            rate: {max: 5000, window: PT1H, by: agent, amount: int(args.amount), over: require-approval}
            approvers: {count: 2}
            reason: Enough was paid back.
      """;

  @TempDir Path root;

  @Test
  void load_everyKey() throws IOException {
    write("a.yaml", HEAD.formatted("a") + EVERY_KEY);

    assertThat(PolicyLoader.load(root))
        .containsExactly(
            new Policy(
                "a",
                "A test",
                Layer.BASE,
                "",
                root + "/a.yaml",
                List.of(
                    new Rule(
                        "night",
                        Kind.ACCESS,
                        Effect.LIMIT,
                        new Match(
                            List.of("acme", "be*"),
                            List.of("supabase"),
                            List.of("supabase.*", "shop.stock"),
                            List.of("audit"),
                            List.of(),
                            List.of(),
                            List.of(Zone.GREEN, Zone.YELLOW),
                            Map.of("env", "prod*"),
                            3),
                        "",
                        "At night less.",
                        new AgentLimits(5, null, null, null, Duration.ofMinutes(5), null),
                        Quorum.ONE,
                        null,
                        6),
                    new Rule(
                        "mail",
                        Kind.EGRESS,
                        Effect.REQUIRE_APPROVAL,
                        Samples.match().tools("mail.*").build(),
                        "'secrets.read' in history.tools",
                        "Mail goes out.",
                        AgentLimits.NONE,
                        new Quorum(2, List.of("admin", "approver")),
                        null,
                        18),
                    new Rule(
                        "refunds",
                        Kind.QUOTA,
                        Effect.LIMIT,
                        Samples.match().tools("pay.refund").build(),
                        "",
                        "Enough was paid back.",
                        AgentLimits.NONE,
                        Quorum.of(2),
                        new Rate(
                            5_000,
                            Duration.ofHours(1),
                            Rate.By.AGENT,
                            "int(args.amount)",
                            Rate.Over.REQUIRE_APPROVAL),
                        25))));
  }

  @Test
  void load_versionIsTheSameInAnyOrderOfFilesAndRules() throws IOException {
    String one = "    - {name: one, effect: permit, match: {packs: [a, b]}}\n";
    String two = "    - {name: two, effect: permit, match: {packs: [c]}}\n";
    write("1.yaml", HEAD.formatted("first") + one + two);
    write("2.yaml", HEAD.formatted("second") + one);
    String version = new TestEngine(PolicyLoader.load(root)).version();

    write("2.yaml", HEAD.formatted("first") + "# words\n" + two + one.replace("a, b", "b, a"));
    write("1.yaml", HEAD.formatted("second").replace("A test", "Other words") + one);

    assertThat(new TestEngine(PolicyLoader.load(root)).version()).isEqualTo(version);
  }

  @Test
  void load_emptyFolder_deniesAll() {
    TestEngine engine = new TestEngine(PolicyLoader.load(root));

    assertThat(engine.validate(Samples.request(null, null, null)).rule()).isEqualTo("default-deny");
  }

  @Test
  void load_shippedPolicies() {
    TestEngine engine = new TestEngine(PolicyLoader.load(Path.of("../policies")));
    Request request = Samples.request(null, null, null);
    AgentDefinition agent = Samples.agent("supabase.rls-auditor", Zone.GREEN, "audit-rls");

    assertThat(engine.validate(request))
        .isEqualTo(new Verdict.Allow(Limits.DEFAULT, "default/permit-packs", engine.version()));
    assertThat(engine.admit(request, agent)).isEqualTo(engine.validate(request));
    assertThat(engine.tool(request, agent, Samples.tool("files.read", Zone.GREEN)))
        .isEqualTo(new ToolVerdict.Permit("default/permit-tools"));
    assertThat(engine.tool(request, agent, Samples.tool("mail.send", Zone.RED)))
        .isEqualTo(
            new ToolVerdict.RequireApproval(
                "default/approve-red-tools",
                "This would act in zone red, where a person decides each time.",
                Quorum.ONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "effect: allow, match: {packs: [a]}|"
            + "6:19: spec.rules[0].effect: found 'allow'; allowed: permit, forbid, limit,"
            + " require-approval",
        "effect: permit, match: {pack: [a]}|"
            + "6:43: spec.rules[0].match.pack: unknown key 'pack'; allowed: tenants, packs, agents,"
            + " types, tools, models, zones, labels, priorityMax; nearest: 'packs'",
        "effect: permit, match: {}|"
            + "6:35: spec.rules[0].match: found a map of 0 keys; allowed: a map of at least 1 key",
        "effect: permit|6:7: spec.rules[0].match: missing; allowed: a map of at least 1 key",
        "effect: permit, match: {packs: [\"*a\"]}|"
            + "6:51: spec.rules[0].match.packs[0]: found '*a'; allowed: a name, or the beginning of"
            + " one with a '*' at its end, or '*'",
        "effect: permit, match: {agents: [auditor]}|"
            + "6:52: spec.rules[0].match.agents[0]: found 'auditor'; allowed: PACK.AGENT, or the"
            + " beginning of one with a '*' at its end, or '*'",
        "effect: permit, match: {labels: {env: \"a*b\"}}|"
            + "6:52: spec.rules[0].match.labels.env: found 'a*b'; allowed: a text of 1 to 200"
            + " characters with no '*' but at its end",
        "effect: permit, match: {priorityMax: 10}|"
            + "6:43: spec.rules[0].match.priorityMax: found 10; allowed: a whole number from 0 to 9",
        "effect: forbid, match: {packs: [a]}|"
            + "6:7: spec.rules[0].reason: missing; allowed: what effect forbid tells those it stops",
        "effect: forbid, match: {packs: [a]}, reason: x, limits: {turnsMax: 1}|"
            + "6:67: spec.rules[0].limits: found with effect forbid; allowed: with permit and limit",
        "effect: limit, match: {packs: [a]}|"
            + "6:7: spec.rules[0].limits: missing; allowed: the bounds that effect limit sets,"
            + " or a rate",
        "effect: limit, match: {tools: [\"*\"]}, limits: {turnsMax: 1}|"
            + "6:42: spec.rules[0].match.tools: found with effect limit; allowed: with permit, forbid"
            + " and require-approval, or with a rate",
        "effect: permit, match: {tools: [\"*\"]}, limits: {turnsMax: 1}|"
            + "6:58: spec.rules[0].limits: found in a rule about tools; allowed: in rules about tasks",
        "effect: require-approval, match: {packs: [a]}, reason: x|"
            + "6:45: spec.rules[0].match.tools: missing; allowed: the tools that effect"
            + " require-approval is about",
        "effect: permit, match: {packs: [a]}, limits: {timeMax: P9D}|"
            + "6:65: spec.rules[0].limits.timeMax: found 'P9D'; allowed: PT1S to PT168H",
      })
  void rule_wrong(String rule, String told) throws IOException {
    write("a.yaml", HEAD.formatted("a") + "    - {name: one, " + rule + "}\n");

    assertThatThrownBy(() -> PolicyLoader.load(root))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
        .hasMessage(root + "/a.yaml:" + told);
  }

  @Test
  void names_mustDiffer() throws IOException {
    String rule = "    - {name: one, effect: permit, match: {packs: [a]}}\n";
    write("a.yaml", HEAD.formatted("same") + rule + rule);
    write("b.yaml", HEAD.formatted("same") + rule);

    assertThatThrownBy(() -> PolicyLoader.load(root))
        .hasMessage(
            """
            %1$s/a.yaml:7:8: spec.rules[1].name: found 'one' a second time; allowed: each name once
            %1$s/b.yaml:3:12: metadata.name: found 'same', the name of another policy; allowed: each name once\
            """
                .formatted(root));
  }

  @Test
  void fileOfAnotherSuffix_isNotPassedOver() throws IOException {
    write("deny.yml", "x");

    assertThatThrownBy(() -> PolicyLoader.load(root))
        .hasMessage(
            root + "/deny.yml: found a file of another kind; allowed: NAME.yaml and README.md");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(root.resolve(name), content);
  }
}
