package io.agentos.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a question to a person. */
public sealed interface Decision {
  /** It may run as shown. */
  record Approved(String by) implements Decision {}

  /** It may run with these arguments instead. */
  record Edited(String by, Map<String, @Nullable Object> arguments) implements Decision {}

  /** It must not run. */
  record Rejected(String by, String comment) implements Decision {}

  /** Nobody decided in time: it must not run. */
  record Expired() implements Decision {}

  /** What was asked no longer stands, such as when the policies changed: it must not run. */
  record Superseded(String reason) implements Decision {}
}
