package io.agentos.runtime.policy;

import io.agentos.api.Limits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bounds of an allowed task: the tightest of all permits that fit, each completed by the
 * default ones, and of all limits that fit. So no rule that is added to an allowed task ever widens
 * its bounds, and an operator can still permit more than the default in the one permit there is.
 *
 * <p>As long as it is not known whether any permit fits, the loosest of those that may.
 */
final class TaskLimits {
  private TaskLimits() {}

  static Limits of(List<Rule> permits, List<Rule> possiblePermits, List<Rule> limits) {
    Limits result =
        permits.isEmpty()
            ? permitted(possiblePermits).reduce(TaskLimits::loosest).orElseThrow()
            : permitted(permits).reduce(Limits::tightest).orElseThrow();
    for (Rule limit : limits) {
      result = limit.limits().applyTo(result);
    }
    return result;
  }

  private static Stream<Limits> permitted(List<Rule> permits) {
    return permits.stream().map(permit -> permit.limits().orElse(Limits.DEFAULT));
  }

  private static Limits loosest(Limits one, Limits other) {
    return new Limits(
        Math.max(one.turnsMax(), other.turnsMax()),
        Math.max(one.toolCallsMax(), other.toolCallsMax()),
        Math.max(one.costUsdMicrosMax(), other.costUsdMicrosMax()),
        Math.max(one.outputTokensMax(), other.outputTokensMax()),
        longer(one.timeMax(), other.timeMax()),
        longer(one.approvalWaitMax(), other.approvalWaitMax()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
