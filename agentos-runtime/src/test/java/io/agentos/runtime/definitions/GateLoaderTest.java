package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.Quorum;
import io.agentos.api.Zone;
import io.agentos.runtime.json.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates from documents: what is read, what is refused and where, and before whom they stand. */
final class GateLoaderTest {
  @TempDir Path root;

  @Test
  void gate_isReadWhole() {
    write(
        "pay",
        """
        at: [tool]
        check: amount
        options:
          argument: amount
          tiers: [{upTo: "100.00"}, {upTo: 1000, approvers: 1}]
          approversAbove: 2
          currencyArgument: currency
          currency: EUR
        quorum: {roles: [operator, admin]}
        match: {packs: ["shop*"], tools: ["pay.*"], zones: [yellow, red]}
        timeout: PT5S
        """);

    assertThat(load())
        .containsExactly(
            new GateDefinition(
                "pay",
                "Test",
                List.of(GatePlace.TOOL),
                new GateCheck.Amount(
                    "amount",
                    List.of(
                        new GateCheck.Amount.Tier(new BigDecimal("100.00"), 0),
                        new GateCheck.Amount.Tier(new BigDecimal("1000"), 1)),
                    2,
                    "currency",
                    "EUR"),
                OnFinding.ESCALATE,
                new Quorum(1, List.of("admin", "operator")),
                new GateMatch(
                    true,
                    List.of("shop*"),
                    List.of(),
                    List.of("pay.*"),
                    List.of(Zone.YELLOW, Zone.RED)),
                Duration.ofSeconds(5)));
  }

  @Test
  void gate_saysLittle_getsWhatItsCheckDoesByItself() {
    write("names", "at: [output, model]\ncheck: pii\n");
    write(
        "night",
        "at: [task]\ncheck: quiet-hours\noptions: {timezone: UTC, from: \"21:00\", to: \"08:00\"}\n");

    List<GateDefinition> gates = load();

    assertThat(gates.getFirst().check())
        .isEqualTo(new GateCheck.Pii(List.of(GateCheck.PiiClass.values()), List.of()));
    assertThat(gates.getFirst().onFinding()).isEqualTo(OnFinding.BLOCK);
    assertThat(gates.getFirst().match()).isEqualTo(GateMatch.WHERE_NAMED);
    assertThat(gates.getFirst().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(((GateCheck.QuietHours) gates.getLast().check()).days())
        .containsExactly(DayOfWeek.values());
  }

  @Test
  void gates_ofSeveralFolders_areOneList() {
    write("b", "at: [task]\ncheck: secrets\n");
    new PackFolder(root.resolve("other"))
        .write("gates/a.yaml", document("a", "at: [task]\ncheck: secrets\n"));

    assertThat(GateLoader.load(List.of(root.resolve("gates"), root.resolve("other/gates"))))
        .extracting(GateDefinition::name)
        .containsExactly("a", "b");

    new PackFolder(root.resolve("other"))
        .write("gates/b.yaml", document("b", "at: [task]\ncheck: secrets\n"));
    assertThat(
            Told.by(() ->
                    GateLoader.load(List.of(root.resolve("gates"), root.resolve("other/gates"))))
                .detail())
        .startsWith(root.resolve("other/gates/b.yaml") + ":3:12: metadata.name: found 'b', as ")
        .endsWith(" is named; allowed: each name once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "at: [tool]; check: sequel | 6:3: spec.check: found 'sequel'; allowed: schema, length,",
        "at: [tol]; check: sql | 5:8: spec.at[0]: found 'tol'; allowed: task, model, tool, output; nearest: 'tool'",
        "at: [tool]; check: sql | 4:1: spec.options: missing; allowed: ",
        "at: [tool]; check: sql; options: {argument: [sql]} | spec.options.argument: unknown key 'argument'; allowed: arguments, allowed; nearest: 'arguments'",
        "at: [output]; check: sql; options: {arguments: [sql]} | 5:8: spec.at[0]: found 'output' with check sql; allowed: tool",
        "at: [output]; check: length; options: {wordsMin: 9, wordsMax: 3} | spec.options.wordsMax: found 3, below wordsMin of 9; allowed: more",
        "at: [task]; check: secrets; timeout: PT31S | 7:3: spec.timeout: found 'PT31S'; allowed: PT1S to PT30S",
        "at: [task]; check: secrets; quorum: {approvers: 2} | 7:3: spec.quorum: found with onFinding block; allowed: with escalate",
        "at: [task]; check: human; options: {reason: x}; onFinding: block | 8:3: spec.onFinding: found 'block' with check human; allowed: escalate, which it does by itself",
        "at: [task]; check: secrets; match: {tools: [a.b]} | spec.match.tools: found without at tool; allowed: where the gate looks at tool calls",
        "at: [task]; check: quiet-hours; options: {timezone: Europe/Berlni, from: `21:00`, to: `08:00`} | spec.options.timezone: found 'Europe/Berlni'; allowed: a time zone such as Europe/Berlin; nearest: 'Europe/Berlin'",
        "at: [tool]; check: amount; options: {argument: a, tiers: [{upTo: 5}, {upTo: 5}]} | spec.options.tiers[1].upTo: found 5 after 5; allowed: more",
        "at: [tool]; check: destination; options: {arguments: [to], allowed: [`*.com`]} | spec.options.allowed[0]: found '*.com'; allowed: a value without '*', *@DOMAIN, or SCHEME://HOST/PATH with '*' at its end",
        "at: [tool]; check: destination; options: {arguments: [to], allowed: [`https://a.example*`]} | spec.options.allowed[0]: found 'https://a.example*'",
        "at: [output]; check: schema; options: {schema: {$ref: `https://a.example/x`}} | spec.options.schema: found a reference that leads outside; allowed: those that begin with '#'",
        "at: [output]; check: schema; options: {schema: {type: 7}} | spec.options.schema: found at /type what JSON Schema does not know; allowed: draft 2020-12",
        "at: [tool]; check: consent; options: {arguments: [to], consentFile: lists/a.txt} | spec.options.consentFile: found in a gate of the installation; allowed: in a gate of a pack, whose file it is"
      })
  void gate_thatIsWrong_isRefusedAtItsPlace(String spec, String problem) {
    write("gate", spec.replace("; ", "\n").replace('`', '"') + "\n");

    assertThat(Told.by(this::load).detail())
        .startsWith(root.resolve("gates/gate.yaml") + ":")
        .contains(problem);
  }

  @Test
  void pack_hasItsOwnGates_andNamesThem() {
    PackFolder folder =
        PackFolder.shop(root)
            .replace("shop/agents/stock.yaml", "  limits:", "  gates: [brief, careful]\n  limits:")
            .write(
                "shop/gates/brief.yaml",
                document("brief", "at: [output]\ncheck: length\noptions: {wordsMax: 90}\n"))
            .write("shop/gates/other.yaml", document("other", "at: [task]\ncheck: secrets\n"))
            .write(
                "shop/gates/quiet.yaml",
                document("quiet", "at: [task]\ncheck: secrets\nmatch: {agents: [\"shop.*\"]}\n"));
    List<GateDefinition> shared =
        List.of(gate("careful", GateMatch.WHERE_NAMED), gate("all", GateMatch.EVERYTHING));

    AgentDefinition agent = PackLoader.loadPack(folder.pack(), shared).agents().getFirst();

    assertThat(agent.gates())
        .extracting(GateDefinition::name)
        .containsExactly("all", "careful", "brief", "quiet");
    assertThat(Json.read(Json.write(agent), AgentDefinition.class)).isEqualTo(agent);
    assertThat(Told.by(() -> PackLoader.loadPack(folder.pack())).detail())
        .isEqualTo(
            root.resolve("shop/agents/stock.yaml")
                + ":15:18: spec.gates[1]: unknown gate 'careful'; allowed: brief, other, quiet");
  }

  @Test
  void pack_gateProblems_areTold() {
    PackFolder folder =
        PackFolder.shop(root)
            .write(
                "shop/gates/all.yaml",
                document("all", "at: [task]\ncheck: secrets\nmatch: {packs: [shop]}\n"))
            .write("shop/gates/notes.txt", "x");

    assertThat(
            Told.by(() ->
                    PackLoader.loadPack(folder.pack(), List.of(gate("all", GateMatch.EVERYTHING))))
                .detail())
        .contains("gates/notes.txt: found a file of another kind; allowed: gates/NAME.yaml")
        .contains(
            "gates/all.yaml:7:11: spec.match.packs: found in a gate of a pack; allowed: agents, tools, zones")
        .contains(
            "gates/all.yaml:3:12: metadata.name: found 'all', the name of a gate of the installation; allowed: another");
  }

  @Test
  void consentFile_isReadFromThePack() {
    PackFolder folder =
        PackFolder.shop(root)
            .write("shop/lists/yes.txt", "# who said yes\n\n ada@example.com \n+49 30 1234567\n")
            .write(
                "shop/gates/ask.yaml",
                document(
                    "ask",
                    "at: [tool]\ncheck: consent\noptions: {arguments: [to], consentFile: lists/yes.txt}\nmatch: {tools: [mail.send]}\n"));

    AgentDefinition agent = PackLoader.loadPack(folder.pack()).agents().getFirst();

    assertThat(agent.gates().getFirst().check())
        .isEqualTo(
            new GateCheck.Consent(
                List.of("to"), true, List.of("ada@example.com", "+49 30 1234567"), List.of()));
  }

  @Test
  void journal_fromBeforeGates_hasTheGateOfThatTime() {
    AgentDefinition agent = PackLoader.loadPack(PackFolder.shop(root).pack()).agents().getFirst();
    String journaled = Json.write(agent).replace(",\"gates\":[]", "");

    assertThat(journaled).doesNotContain("\"gates\"");
    assertThat(Json.read(journaled, AgentDefinition.class).gates())
        .containsExactly(GateDefinition.SECRETS);
    assertThat(agent.id()).isEqualTo(new AgentId("shop", "stock"));
  }

  private List<GateDefinition> load() {
    return GateLoader.load(List.of(root.resolve("gates")));
  }

  private void write(String name, String spec) {
    new PackFolder(root).write("gates/" + name + ".yaml", document(name, spec));
  }

  private static String document(String name, String spec) {
    return "apiVersion: agentos.io/v1\nkind: Gate\nmetadata: {name: %s, description: Test}\nspec:\n%s"
        .formatted(name, spec.indent(2));
  }

  private static GateDefinition gate(String name, GateMatch match) {
    return new GateDefinition(
        name,
        "Test",
        List.of(GatePlace.TASK),
        new GateCheck.Secrets(),
        OnFinding.BLOCK,
        Quorum.ONE,
        match,
        GateDefinition.TIMEOUT_DEFAULT);
  }
}
