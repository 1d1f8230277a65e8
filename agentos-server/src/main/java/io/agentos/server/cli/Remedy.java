package io.agentos.server.cli;

import io.agentos.api.ErrorCode;
import java.util.Arrays;
import java.util.Optional;

/** What a person can do about an error, where its detail cannot know it. */
final class Remedy {
  private Remedy() {}

  /** One sentence; empty when the detail says it all. */
  static String of(String code) {
    Optional<ErrorCode> known =
        Arrays.stream(ErrorCode.values()).filter(each -> each.name().equals(code)).findFirst();
    return known.map(Remedy::of).orElse("");
  }

  private static String of(ErrorCode code) {
    return switch (code) {
      case KILLED -> "See 'agentos kill list'; release it with 'agentos unkill'.";
      case POLICY_DENIED -> "The rule stands in policies/; an operator can change it.";
      case APPROVAL_REJECTED -> "See 'agentos approvals list --all' for who said no, and why.";
      case INVALID_INPUT, UNKNOWN_AGENT -> "See 'agentos agent list' for what agents take.";
      case OUTSIDE_ROOTS -> "Name the folder in files.roots (AGENTOS_FILES_ROOTS) of the server.";
      case PROVIDER_KEY -> "Check the provider's API key.";
      case PROVIDER_CREDIT -> "Check the provider's account.";
      case JOURNAL_MISMATCH, POISONED, INTERNAL -> "This is a defect; please report it.";
      default -> code.retriable() ? "It may pass when run again." : "";
    };
  }
}
