package io.agentos.runtime.policy;

import static io.agentos.runtime.policy.Samples.ANYTHING;
import static io.agentos.runtime.policy.Samples.agent;
import static io.agentos.runtime.policy.Samples.engine;
import static io.agentos.runtime.policy.Samples.forbid;
import static io.agentos.runtime.policy.Samples.limit;
import static io.agentos.runtime.policy.Samples.match;
import static io.agentos.runtime.policy.Samples.permit;
import static io.agentos.runtime.policy.Samples.request;
import static io.agentos.runtime.policy.Samples.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.Verdict;
import io.agentos.api.Verdict.Allow;
import io.agentos.api.Verdict.Deny;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyEngineTest {
  private static final AgentDefinition AUDITOR = agent("supabase.auditor", Zone.GREEN, "audit");
  private static final Request ANY_AGENT = request(null, null, null);

  @Test
  void validate_noPolicy_denies() {
    TestEngine engine = new TestEngine(List.of());

    assertThat(engine.validate(request("supabase", null, "audit")))
        .isEqualTo(
            new Deny(
                "default-deny",
                "No policy rule permits it: tenant acme, pack supabase, agent not named, type audit,"
                    + " priority 5.",
                engine.version()));
  }

  @Test
  void validate_permitted() {
    TestEngine engine = engine(permit("all", ANYTHING));

    assertThat(engine.validate(ANY_AGENT))
        .isEqualTo(new Allow(Limits.DEFAULT, "test/all", engine.version()));
  }

  @Test
  void validate_forbidWinsInAnyOrder() {
    Rule all = permit("all", ANYTHING);
    Rule audits = forbid("audits", match().types("audit").build());
    Request audit = request(null, null, "audit");

    TestEngine engine = engine(all, audits);
    Verdict verdict = engine.validate(audit);

    assertThat(verdict).isEqualTo(new Deny("test/audits", "No audits.", engine.version()));
    assertThat(engine(audits, all).validate(audit)).isEqualTo(verdict);
    assertThat(engine.validate(request(null, null, "review"))).isInstanceOf(Allow.class);
  }

  @Test
  void validate_severalForbids_toldIsTheFirstByName() {
    TestEngine engine =
        new TestEngine(
            List.of(
                new Policy("z", "A test", List.of(forbid("a", ANYTHING))),
                new Policy("b", "A test", List.of(forbid("z", ANYTHING), forbid("y", ANYTHING)))));

    assertThat(engine.validate(ANY_AGENT).rule()).isEqualTo("b/y");
  }

  @ParameterizedTest
  @CsvSource({
    "acme, true",
    "acme-eu, false",
    "other, false",
  })
  void validate_tenant_exact(String tenant, boolean allowed) {
    assertAllowed(
        engine(permit("one", match().tenants("acme").build())), tenant, 5, Map.of(), allowed);
  }

  @ParameterizedTest
  @CsvSource({"acme, true", "acme-eu, true", "acm, false", "other, false"})
  void validate_tenant_beginning(String tenant, boolean allowed) {
    assertAllowed(
        engine(permit("one", match().tenants("acme*").build())), tenant, 5, Map.of(), allowed);
  }

  @ParameterizedTest
  @CsvSource({"3, true", "4, true", "5, false"})
  void validate_priorityMax(int priority, boolean allowed) {
    assertAllowed(
        engine(permit("one", match().priorityMax(4).build())), "acme", priority, Map.of(), allowed);
  }

  @Test
  void validate_labels_mustBeThere() {
    TestEngine prod = engine(permit("one", match().label("env", "prod*").build()));
    assertAllowed(prod, "acme", 5, Map.of("env", "prod-eu"), true);
    assertAllowed(prod, "acme", 5, Map.of("env", "dev"), false);
    assertAllowed(prod, "acme", 5, Map.of(), false);

    TestEngine any = engine(permit("one", match().label("env", "*").build()));
    assertAllowed(any, "acme", 5, Map.of("env", ""), true);
    assertAllowed(any, "acme", 5, Map.of(), false);
  }

  @Test
  void validate_packAndAgentThatContradict_forbidOfEitherFits() {
    TestEngine engine =
        engine(permit("all", ANYTHING), forbid("supabase", match().packs("supabase").build()));

    assertThat(engine.validate(request("shop", "supabase.auditor", null)).rule())
        .isEqualTo("test/supabase");
    assertThat(engine.validate(request("supabase", "shop.stock", null)).rule())
        .isEqualTo("test/supabase");
  }

  @Test
  void limits_tightestOfAllWins() {
    TestEngine engine =
        engine(
            permit("wide", ANYTHING, turns(50)),
            permit("narrow", match().types("audit").build(), turns(30)),
            limit("cut", match().packs("supabase").build(), turns(7)),
            limit("none", match().packs("shop").build(), turns(1)));

    assertThat(turnsMax(engine.validate(request(null, null, "review")))).isEqualTo(50);
    assertThat(turnsMax(engine.validate(request(null, null, "audit")))).isEqualTo(30);
    assertThat(turnsMax(engine.validate(request("supabase", null, "audit")))).isEqualTo(7);
    assertThat(turnsMax(engine.admit(request(null, null, "audit"), AUDITOR))).isEqualTo(7);
  }

  @Test
  void limits_permitMayGoBeyondTheDefault_limitNever() {
    assertThat(turnsMax(engine(permit("all", ANYTHING, turns(50))).validate(ANY_AGENT)))
        .isEqualTo(50);
    assertThat(
            turnsMax(
                engine(permit("all", ANYTHING), limit("more", ANYTHING, turns(50)))
                    .validate(ANY_AGENT)))
        .isEqualTo(20);
  }

  @Test
  void limits_ofTheCallerTighten() {
    Limits asked = new Limits(3, 1_000, 1, 8_192, Duration.ofHours(9), Duration.ofSeconds(1));
    Request request = request("acme", new Request.Target(null, null, null), 5, Map.of(), asked);

    assertThat(engine(permit("all", ANYTHING)).validate(request))
        .isInstanceOfSatisfying(
            Allow.class,
            allow ->
                assertThat(allow.limits())
                    .isEqualTo(
                        new Limits(3, 100, 1, 8_192, Duration.ofHours(1), Duration.ofSeconds(1))));
  }

  @Test
  void limits_beforeTheAgentIsKnown_areTheLoosestThatMayCome() {
    TestEngine engine =
        engine(
            permit("auditor", match().agents("supabase.auditor").build(), turns(50)),
            permit("others", match().agents("shop.*").build(), turns(10)));

    assertThat(turnsMax(engine.validate(ANY_AGENT))).isEqualTo(50);
    assertThat(turnsMax(engine.admit(ANY_AGENT, agent("shop.stock", Zone.GREEN)))).isEqualTo(10);
    assertThat(turnsMax(engine.admit(ANY_AGENT, AUDITOR))).isEqualTo(50);
  }

  @Test
  void version_dependsOnWhatRulesSayOnly() {
    Rule one = permit("one", match().packs("a", "b").build());
    Rule same = permit("one", match().packs("b", "a").build());
    Rule two = forbid("two", ANYTHING);

    assertThat(engine(two, same).version())
        .isEqualTo(engine(one, two).version())
        .matches("[0-9a-f]{64}");
    assertThat(engine(one).version()).isNotEqualTo(engine(one, two).version());
    assertThat(engine(permit("one", match().packs("a").build())).version())
        .isNotEqualTo(engine(one).version());
    assertThat(
            new TestEngine(
                    List.of(new Policy("b", "x", List.of(one)), new Policy("a", "y", List.of(two))))
                .version())
        .isEqualTo(
            new TestEngine(
                    List.of(new Policy("a", "z", List.of(two)), new Policy("b", "x", List.of(one))))
                .version());
  }

  @Test
  void engine_namesMustDiffer() {
    Policy policy = new Policy("a", "x", List.of());

    assertThatThrownBy(() -> new TestEngine(List.of(policy, policy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two policies of one name");
    assertThatThrownBy(() -> engine(permit("a", ANYTHING), forbid("a", ANYTHING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two rules of one name in policy test");
  }

  private static void assertAllowed(
      TestEngine engine, String tenant, int priority, Map<String, String> labels, boolean allowed) {
    Request request = request(tenant, new Request.Target(null, null, null), priority, labels);
    assertThat(engine.validate(request) instanceof Allow).isEqualTo(allowed);
    assertThat(engine.admit(request, AUDITOR) instanceof Allow).isEqualTo(allowed);
  }

  private static int turnsMax(Verdict verdict) {
    return switch (verdict) {
      case Allow allow -> allow.limits().turnsMax();
      case Deny deny -> throw new AssertionError(deny);
    };
  }
}
