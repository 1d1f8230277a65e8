package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.EvalDefinition;
import io.agentos.runtime.definitions.EvalExpectation;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.PackDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every golden task of every pack, played on the whole runtime: real tools on the examples, the
 * gates and policies of the installation, people who say what the case says.
 */
final class PackEvalsTest {
  private static final Set<String> IN_DEPTH =
      Set.of("engineering", "product", "marketing", "supabase", "design");

  private static EvalSystem system;
  private static List<EvalDefinition> evals = List.of();

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    evals = EvalSystem.evals();
    system = new EvalSystem(folder.toRealPath());
  }

  @AfterAll
  static void close() {
    system.close();
  }

  @TestFactory
  Stream<DynamicTest> goldenTasks() {
    List<DynamicTest> tests = new ArrayList<>();
    for (EvalDefinition eval : evals) {
      for (EvalDefinition.Case one : eval.cases()) {
        String name = "eval-" + (tests.size() + 1);
        tests.add(
            DynamicTest.dynamicTest(
                "%s/%s/%s".formatted(eval.agent().pack(), eval.agent().agent(), one.name()),
                () -> {
                  EvalRun run = new EvalRun(system, evals, eval, one, name);
                  assertThat(String.join("\n", EvalCheck.differences(system, one, run.ended())))
                      .as("%s, case %s", eval.file(), one.name())
                      .isEmpty();
                }));
      }
    }
    return tests.stream();
  }

  /** What would never fail would hold nothing. */
  @Test
  void differences_ofAWrongExpectation_areAllTold() throws IOException {
    EvalDefinition eval =
        evals.stream()
            .filter(each -> each.agent().equals(AgentId.parse("supabase.policy-writer")))
            .findFirst()
            .orElseThrow();
    EvalDefinition.Case right = eval.cases().getFirst();
    EvalExpectation wrong =
        new EvalExpectation(
            "failed",
            "TOOL_FAILED",
            right.expect().calls().subList(1, right.expect().calls().size()),
            List.of(new EvalExpectation.Finding("format", "fix")),
            List.of(
                new EvalExpectation.Approval(
                    "sql.check_migration", "gate:sql", "approve", "Go on.")),
            List.of(new EvalExpectation.Child(eval.agent(), "completed", "")),
            new EvalExpectation.Text(
                List.of("grant all"), List.of("with check"), List.of("Appendix")));
    EvalDefinition.Case one =
        new EvalDefinition.Case(
            right.name(),
            right.description(),
            right.hard(),
            right.task(),
            right.turns(),
            right.literal(),
            right.parts(),
            wrong);

    List<String> differences =
        EvalCheck.differences(
            system, one, new EvalRun(system, evals, eval, one, "eval-wrong").ended());

    assertThat(differences)
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "state", "calls", "gates", "approvals", "children", "output", "output", "output");
    assertThat(differences.get(3))
        .contains("sql.check_migration by gate:untrusted: approved")
        .contains("sql.audit_rls by gate:untrusted: rejected");
  }

  @Test
  void everyLlmAgent_hasGoldenTasks() {
    Set<String> missing = new TreeSet<>();
    EvalSystem.packs().stream()
        .flatMap(pack -> pack.agents().stream())
        .filter(agent -> agent.body() instanceof LlmAgent)
        .map(AgentDefinition::id)
        .forEach(agent -> {
          int wanted = IN_DEPTH.contains(agent.pack()) ? 2 : 1;
          List<EvalDefinition.Case> cases = cases(agent);
          if (cases.size() < wanted) {
            missing.add("%s has %d golden tasks of %d".formatted(agent, cases.size(), wanted));
          }
          if (wanted == 2 && cases.stream().allMatch(one -> one.hard().isEmpty())) {
            missing.add("%s has no hard golden task".formatted(agent));
          }
        });
    assertThat(missing).isEmpty();
  }

  @Test
  void everyManager_asksOthersOfItsPack_andMayAskAll() {
    for (PackDefinition pack : EvalSystem.packs()) {
      AgentId manager = new AgentId(pack.name(), "manager");
      List<AgentId> agents = pack.agents().stream().map(AgentDefinition::id).toList();

      assertThat(pack.agents())
          .filteredOn(agent -> agent.id().equals(manager))
          .singleElement()
          .satisfies(agent ->
              assertThat(agent.delegates().agents())
                  .as("%s asks", manager)
                  .containsExactlyInAnyOrderElementsOf(
                      agents.stream().filter(id -> !id.equals(manager)).toList()));
      assertThat(cases(manager))
          .as("golden tasks of %s", manager)
          .anySatisfy(one -> assertThat(one.expect().children()).isNotEmpty());
    }
  }

  private static List<EvalDefinition.Case> cases(AgentId agent) {
    return evals.stream()
        .filter(eval -> eval.agent().equals(agent))
        .flatMap(eval -> eval.cases().stream())
        .toList();
  }
}
