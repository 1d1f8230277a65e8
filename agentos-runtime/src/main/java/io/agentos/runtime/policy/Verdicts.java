package io.agentos.runtime.policy;

import io.agentos.api.Limits;
import io.agentos.api.Quorum;
import io.agentos.api.Verdict;
import java.util.Objects;

/** Rulings as the rest of the system reads them. */
final class Verdicts {
  private Verdicts() {}

  static Verdict task(Ruling ruling, String version) {
    return switch (ruling.outcome()) {
      case PERMIT ->
          new Verdict.Allow(
              Objects.requireNonNullElse(ruling.limits(), Limits.DEFAULT), ruling.rule(), version);
      case FORBID, REQUIRE_APPROVAL, DEFAULT_DENY, ERROR_DENY ->
          new Verdict.Deny(ruling.rule(), ruling.reason(), version);
    };
  }

  static ToolVerdict tool(Ruling ruling) {
    return switch (ruling.outcome()) {
      case PERMIT -> new ToolVerdict.Permit(ruling.rule());
      case REQUIRE_APPROVAL ->
          new ToolVerdict.RequireApproval(
              ruling.rule(),
              ruling.reason(),
              Objects.requireNonNullElse(ruling.quorum(), Quorum.ONE));
      case FORBID, DEFAULT_DENY, ERROR_DENY ->
          new ToolVerdict.Forbid(ruling.rule(), ruling.reason());
    };
  }

  static ModelVerdict model(Ruling ruling) {
    return switch (ruling.outcome()) {
      case PERMIT -> new ModelVerdict.Permit(ruling.rule());
      case FORBID, REQUIRE_APPROVAL, DEFAULT_DENY, ERROR_DENY ->
          new ModelVerdict.Forbid(ruling.rule(), ruling.reason());
    };
  }
}
