package io.agentos.runtime.approvals;

import io.agentos.api.AgentId;
import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.json.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people are asked: may this run?
 *
 * @param step the step that asks, such as {@code turn-1/call-1/approval}
 * @param tool what would run, as this process knows it now; need not be a registered tool: a
 *     question about an answer has a descriptor such as {@code task.answer}
 * @param zone where it would act: the later of the zones of agent and tool
 * @param call the call with its raw arguments
 * @param quorum how many people of which roles must say yes
 * @param taint where untrusted parts of the arguments come from, for people; empty for nowhere
 * @param agentVersion the version of the agent's definition
 * @param policyVersion the version of the policies the task began with
 * @param patience how long it may take; silence is a no
 * @param sla after how long people further up are asked too; above 0, at most {@code patience}
 */
public record Question(
    Request request,
    String step,
    AgentId agent,
    ToolSpec tool,
    Zone zone,
    ToolCall call,
    Because because,
    Quorum quorum,
    List<String> taint,
    String agentVersion,
    String policyVersion,
    Duration patience,
    Duration sla) {

  /** Why a person is asked, and which rule or gate says so. */
  public record Because(String reason, String rule) {}

  /** The versions an answer is bound to: of the agent's definition and of the task's policies. */
  public record Versions(String agent, String policy) {}

  /** A question to one person of any role that may decide, about a call without taint. */
  public Question(
      Request request,
      String step,
      AgentId agent,
      ToolSpec tool,
      ToolCall call,
      Because because,
      Versions versions,
      Duration patience) {
    this(
        request,
        step,
        agent,
        tool,
        tool.zone(),
        call,
        because,
        Quorum.ONE,
        List.of(),
        versions.agent(),
        versions.policy(),
        patience,
        patience.dividedBy(2));
  }

  public Question {
    taint = List.copyOf(taint);
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("a question is patient for some time: " + patience);
    }
    if (sla.isNegative() || sla.isZero() || sla.compareTo(patience) > 0) {
      throw new IllegalArgumentException(
          "the SLA of a question is above 0 and at most its patience: " + sla);
    }
  }

  /** The same question to so many people, about a call that would act in this zone. */
  public Question of(Quorum people, Zone where) {
    return with(where, people, taint);
  }

  /** The same question, saying where untrusted parts of the arguments come from. */
  public Question taintedBy(List<String> sources) {
    return with(zone, quorum, sources);
  }

  private Question with(Zone where, Quorum people, List<String> sources) {
    return new Question(
        request,
        step,
        agent,
        tool,
        where,
        call,
        because,
        people,
        sources,
        agentVersion,
        policyVersion,
        patience,
        sla);
  }

  /** What an answer is bound to, besides the arguments. */
  Bound bound(String policyInForce, Instant expiresAt) {
    return new Bound(
        request.tenant().value(),
        request.task().toString(),
        step,
        agent.toString(),
        agentVersion,
        tool.name(),
        descriptor(tool),
        policyVersion,
        policyInForce,
        expiresAt);
  }

  /** The digest of all that a tool says of itself to models, policies and people. */
  static String descriptor(ToolSpec tool) {
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    whole.put("name", tool.name());
    whole.put("description", tool.description());
    whole.put("input_schema", tool.inputSchema());
    whole.put("effect", tool.effect().name().toLowerCase(Locale.ROOT));
    whole.put("zone", tool.zone().name().toLowerCase(Locale.ROOT));
    return CanonicalJson.digest(whole);
  }

  /** The parts of a digest that no decision can change. */
  record Bound(
      String tenant,
      String task,
      String step,
      String agent,
      String agentVersion,
      String tool,
      String descriptor,
      String policyVersion,
      String policyInForce,
      Instant expiresAt) {

    /** The digest of all that an answer is bound to, with {@code arguments}: RFC 8785, SHA-256. */
    String digest(Map<String, @Nullable Object> arguments) {
      Map<String, @Nullable Object> bound = new LinkedHashMap<>();
      bound.put("tenant", tenant);
      bound.put("task", task);
      bound.put("step", step);
      bound.put("agent", agent);
      bound.put("agent_version", agentVersion);
      bound.put("tool", tool);
      bound.put("descriptor", descriptor);
      bound.put("policy_version", policyVersion);
      bound.put("policy_in_force", policyInForce);
      bound.put("arguments", arguments);
      bound.put("expires_at", expiresAt.toString());
      return CanonicalJson.digest(bound);
    }
  }
}
