package io.agentos.runtime.policy;

import static io.agentos.runtime.TestStore.ACME;
import static io.agentos.runtime.TestStore.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Verdict.Allow;
import io.agentos.api.Verdict.Deny;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.AgentDefinition;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a tenant adds, and that a task keeps the version it began with. */
final class TenantPoliciesTest {
  private static final AgentDefinition AGENT = Samples.agent("shop.clerk", Zone.GREEN);
  private static final String NO_TASKS =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: closed, description: Closed}
      spec:
        rules:
          - {name: all, effect: forbid, match: {packs: ["*"]}, reason: We are closed.}
      """;
  private static TestStore store;

  @BeforeAll
  static void start() {
    store = new TestStore();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void replace_tightensOneTenant_andARunningTaskKeepsItsVersion() {
    Policies policies = policies("all");
    String before = policies.currentVersion(ACME);
    assertThat(policies.validate(step("policy"), Samples.request(null, null, null)))
        .isInstanceOf(Allow.class);

    Policies.Change change = replace(policies, before);

    assertThat(change.before()).isEqualTo(before);
    assertThat(policies.currentVersion(ACME)).isEqualTo(change.after()).isNotEqualTo(before);
    assertThat(policies.currentVersion(OTHER)).isEqualTo(before);
    assertThat(policies.validate(step("policy"), Samples.request(null, null, null)))
        .isEqualTo(new Deny("tenant:closed/all", "We are closed.", change.after()));
    Policies otherNodeOtherFiles = policies("every");
    assertThat(
            otherNodeOtherFiles.admit(
                step("route"), Samples.request(null, null, null), AGENT, before))
        .isInstanceOfSatisfying(
            Allow.class,
            allow -> {
              assertThat(allow.rule()).isEqualTo("test/all");
              assertThat(allow.policyVersion()).isEqualTo(before);
            });
    assertThatThrownBy(() -> replace(policies, before))
        .hasMessage(
            "Version %s was to be replaced; %s is in force. Read the policies again."
                .formatted(before, change.after()));
  }

  @Test
  void documentsThatDoNotTighten_areRefused_withTheirPlace() {
    Policies policies = policies("all");

    assertThatThrownBy(
            () -> policies.candidate(List.of(NO_TASKS, NO_TASKS.replace("forbid", "permit"))))
        .hasMessage(
            """
            documents[1]:3:12: metadata.name: found 'closed', the name of another policy; allowed:\
             each name once
            documents[1]:6:19: spec.rules[0].effect: found 'permit' in a policy of a tenant, which\
             only tightens; allowed: forbid, limit, require-approval\
            """);
  }

  private static Policies.Change replace(Policies policies, String expected) {
    Policies.Change change =
        store
            .database()
            .inTenant(ACME, tx -> policies.replace(tx, ACME, List.of(NO_TASKS), expected));
    policies.lookAgain(ACME);
    return change;
  }

  private static Policies policies(String rule) {
    return new Policies(
        store.database(),
        List.of(new Policy("test", "A test", List.of(Samples.permit(rule, Samples.ANYTHING)))),
        InstantSource.system());
  }

  private static TestStep step(String name) {
    return new TestStep("acme", Samples.TASK, 1, name);
  }
}
