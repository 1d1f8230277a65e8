package io.agentos.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.InputDefinition;
import io.agentos.runtime.definitions.OutputTemplate;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.WorkflowAgent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs, requests and routes for tests. */
final class Routing {
  static final AgentDefinition AUDITOR =
      agent("supabase.rls-auditor", List.of("audit-rls"), "rls", "row-level security", "audit");
  static final AgentDefinition MIGRATOR =
      agent("supabase.migrator", List.of("migrate", "review"), "migration", "schema");
  static final AgentDefinition REVIEWER =
      agent("engineering.reviewer", List.of("review"), "review", "code", "audit");

  static final PackDefinition SUPABASE = pack("supabase", AUDITOR, MIGRATOR);
  static final PackDefinition ENGINEERING = pack("engineering", REVIEWER);
  static final List<PackDefinition> PACKS = List.of(SUPABASE, ENGINEERING);

  private Routing() {}

  static Route route(Request.Target target, String text) {
    return new TaskRouter().route(request(target, new TaskInput.Text(text)), Limits.DEFAULT, PACKS);
  }

  static String refusal(Request.Target target, String text) {
    return refusal(target, text, PACKS);
  }

  static String refusal(Request.Target target, String text, List<PackDefinition> packs) {
    Request request = request(target, new TaskInput.Text(text));
    try {
      throw new AssertionError(new TaskRouter().route(request, Limits.DEFAULT, packs));
    } catch (AgentOsException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_AGENT);
      return e.detail();
    }
  }

  static Request.Target target(
      @Nullable String pack, @Nullable String agent, @Nullable String type) {
    return new Request.Target(pack, agent, type);
  }

  static Request request(Request.Target target, TaskInput input) {
    return new Request(
        TenantId.DEFAULT, TaskId.next(), "key:test", target, input, 5, null, null, Map.of(), null);
  }

  static PackDefinition pack(String name, AgentDefinition... agents) {
    return new PackDefinition(name, "1.0.0", "A pack", "digest of " + name, Arrays.asList(agents));
  }

  static AgentDefinition agent(String id, List<String> types, String... keywords) {
    return new AgentDefinition(
        AgentId.parse(id),
        "An agent",
        Zone.GREEN,
        types,
        List.of(keywords),
        Map.of(
            "schema",
            new InputDefinition(
                InputDefinition.Type.STRING, InputDefinition.Format.FILE, false, "A schema")),
        List.of(),
        List.of(),
        new AgentLimits(7, null, null, null, null, null),
        new WorkflowAgent(List.of(), new OutputTemplate("x", null)));
  }
}
