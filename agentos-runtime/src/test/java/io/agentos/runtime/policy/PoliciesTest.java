package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Request;
import io.agentos.api.Verdict.Deny;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.policy.ToolVerdict.Forbid;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The door of the policies where nothing is stored. */
final class PoliciesTest {
  private static final AgentDefinition AUDITOR = Samples.agent("supabase.auditor", Zone.GREEN);

  private final Policies policies =
      Policies.fixed(
          List.of(
              new Policy(
                  "test",
                  "A test",
                  List.of(
                      Samples.permit("all", Samples.ANYTHING),
                      Samples.permit("tools", Samples.match().tools("*").build())))),
          InstantSource.system());

  @Test
  @SuppressWarnings("NullAway") // a defect of a caller is what this is about
  void error_denies() {
    TestStep step = new TestStep("acme", Samples.TASK, 1, "policy");
    Request broken =
        new Request(
            null,
            Samples.TASK,
            "key:test",
            new Request.Target(null, null, null),
            null,
            5,
            null,
            null,
            Map.of(),
            null);
    String reason = "The policies could not be evaluated; what cannot be evaluated is denied.";

    assertThat(policies.validate(step, broken)).isEqualTo(new Deny("error-deny", reason, ""));
    assertThat(policies.admit(step, broken, AUDITOR, ""))
        .isEqualTo(new Deny("error-deny", reason, ""));
    assertThat(
            policies.tool(
                step,
                new Action(
                    broken,
                    AUDITOR,
                    Samples.tool("mail.send", Zone.GREEN),
                    new io.agentos.api.ToolCall("1", "mail.send", Map.of()),
                    Progress.NONE)))
        .isEqualTo(new Forbid("error-deny", reason));
  }

  @Test
  void version_thatWasNeverInUse_denies() {
    TestStep step = new TestStep("acme", Samples.TASK, 1, "route");

    assertThat(policies.admit(step, Samples.request(null, null, null), AUDITOR, "0".repeat(64)))
        .isInstanceOfSatisfying(
            Deny.class, deny -> assertThat(deny.rule()).isEqualTo("error-deny"));
  }
}
