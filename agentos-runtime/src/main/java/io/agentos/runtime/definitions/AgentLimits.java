package io.agentos.runtime.definitions;

import io.agentos.api.Limits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some of the bounds of {@link Limits}, as an agent or a policy rule states them; null for those it
 * says nothing about.
 */
public record AgentLimits(
    @Nullable Integer turnsMax,
    @Nullable Integer toolCallsMax,
    @Nullable Long costUsdMicrosMax,
    @Nullable Integer outputTokensMax,
    @Nullable Duration timeMax,
    @Nullable Duration approvalWaitMax) {
  /** No bound at all. */
  public static final AgentLimits NONE = new AgentLimits(null, null, null, null, null, null);

  /** The bounds in a document's map {@code limits}. */
  public static AgentLimits of(Section limits) {
    return new AgentLimits(
        whole(limits.number("turnsMax")),
        whole(limits.number("toolCallsMax")),
        limits.number("costUsdMicrosMax").orElse(null),
        whole(limits.number("outputTokensMax")),
        limits.duration("timeMax", Limits.WIDEST.timeMax()).orElse(null),
        limits.duration("approvalWaitMax", Limits.WIDEST.approvalWaitMax()).orElse(null));
  }

  /** The given bounds, tightened by these; never wider. */
  public Limits applyTo(Limits limits) {
    return limits.tightest(orElse(limits));
  }

  /** These bounds, with those of {@code limits} where these say nothing; may be wider. */
  public Limits orElse(Limits limits) {
    return new Limits(
        turnsMax == null ? limits.turnsMax() : turnsMax,
        toolCallsMax == null ? limits.toolCallsMax() : toolCallsMax,
        costUsdMicrosMax == null ? limits.costUsdMicrosMax() : costUsdMicrosMax,
        outputTokensMax == null ? limits.outputTokensMax() : outputTokensMax,
        timeMax == null ? limits.timeMax() : timeMax,
        approvalWaitMax == null ? limits.approvalWaitMax() : approvalWaitMax);
  }

  private static @Nullable Integer whole(Optional<Long> number) {
    return number.map(Math::toIntExact).orElse(null);
  }
}
