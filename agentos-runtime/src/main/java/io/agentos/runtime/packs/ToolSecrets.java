package io.agentos.runtime.packs;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolCall;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.secrets.SecretAccess;
import io.agentos.runtime.secrets.SecretAccess.Opened;
import io.agentos.runtime.secrets.SecretAccess.Pins;
import io.agentos.runtime.secrets.SecretAccess.Wish;
import io.agentos.runtime.secrets.SecretReferences;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in the arguments of tool calls: pinned to their versions before anybody looks at the
 * call, put in when it begins.
 *
 * <p>Thread-safe.
 */
final class ToolSecrets {
  /** Why an edit is refused. */
  static final String UNPINNED =
      "The edit names a secret without its version, and would be a yes to whatever it is later; write secret:NAME@VERSION.";

  private final @Nullable SecretAccess access;

  /** Refuses all references where there is no access. */
  ToolSecrets(@Nullable SecretAccess access) {
    this.access = access;
  }

  /**
   * The versions that the references of a call mean from now on, remembered under {@code
   * NAME/secrets}; a refusal is told in the journal and the audit log.
   */
  Pins pin(Durable durable, String name, AgentRun run, ToolCall call) {
    if (!SecretReferences.in(call.arguments())) {
      return new Pins(Map.of(), "", "");
    }
    return durable.step(name + "/secrets", Pins.class, step -> pin(step, run, call));
  }

  /** The arguments as the tool gets them. */
  Opened open(AgentRun run, ToolCall call) {
    if (!SecretReferences.in(call.arguments())) {
      return Opened.plain(call.arguments());
    }
    return present().open(wish(run, call));
  }

  private Pins pin(Step step, AgentRun run, ToolCall call) {
    Pins pins = present().pin(wish(run, call));
    if (!pins.granted()) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("rule", pins.refused());
      facts.put("tool", call.tool());
      facts.put("reason", pins.reason());
      step.event("policy.denied", new LinkedHashMap<>(facts));
      step.audit(ToolInvocation.entry(step, run, "policy.denied", facts));
    }
    return pins;
  }

  private SecretAccess present() {
    return Optional.ofNullable(access)
        .orElseThrow(() ->
            new AgentOsException(
                ErrorCode.ENVIRONMENT, "This server keeps no secrets; a call asks for one."));
  }

  private static Wish wish(AgentRun run, ToolCall call) {
    return new Wish(run.request().tenant(), run.agent().id(), call.tool(), call.arguments());
  }
}
