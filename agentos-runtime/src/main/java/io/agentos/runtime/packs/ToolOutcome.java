package io.agentos.runtime.packs;

import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;

/** What became of a wish to call a tool. */
sealed interface ToolOutcome {
  /** It ran and answered. */
  record Answered(ToolResult result) implements ToolOutcome {}

  /** It was not allowed to run. */
  record Refused(ErrorCode code, String by, String reason) implements ToolOutcome {}
}
