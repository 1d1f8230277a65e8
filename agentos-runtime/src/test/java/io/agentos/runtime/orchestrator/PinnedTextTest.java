package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.routing.PinnedDefinition;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.StepView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of what ran, and its hash in the audit log. */
final class PinnedTextTest {

  @Test
  void definitionInTheJournal_isThatWhichTheLogNames_andHoldsThePrompt()
      throws InterruptedException {
    try (TestStore store = new TestStore()) {
      TestSystem system = new TestSystem(store, new Shop());
      TaskId task = system.submit("shop.clerk");
      try (TestSystem.Node _ = system.start(journal -> journal)) {
        assertThat(system.endedWithApprovals(task).state()).isEqualTo("completed");
      }

      StepView route =
          new StateStore(store.database(), store.keys())
              .steps(TestStore.ACME, task).stream()
                  .filter(step -> step.name().equals("route"))
                  .findFirst()
                  .orElseThrow();
      PinnedDefinition pinned = PinnedDefinition.ofRouted(route.result()).orElseThrow();

      assertThat(pinned.text()).contains("\"clerk\"");
      List<Audit.Stored> said =
          store
              .audit()
              .list(
                  store.database(),
                  TestStore.ACME,
                  new Audit.Filter("policy.allowed", null, task.toString(), Long.MAX_VALUE),
                  100);
      assertThat(said)
          .anyMatch(entry ->
              entry
                  .body()
                  .contains("\"definition_sha256\":\"%s\"".formatted(sha256(pinned.text()))));
      assertThat(pinned.prompts()).containsOnlyKeys("system");
      assertThat(pinned.prompts().get("system")).isNotBlank();
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
