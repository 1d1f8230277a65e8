package io.agentos.tools.dependencies;

import io.agentos.tools.files.Printable;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Says where a text stops being JSON. */
final class BrokenJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private BrokenJson() {}

  private static Optional<JacksonException> fault(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      MAPPER.readTree(text);
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.of(e);
    }
  }

  /** The line of the fault; 1 when it is not known. */
  static int line(String text) {
    return fault(text).map(e -> Math.max(1, e.getLocation().getLineNr())).orElse(1);
  }

  /** The reason in a sentence that begins with a blank; empty when it is not JSON at all. */
  static String reason(String text) {
    return fault(text).map(e -> " " + Printable.line(e.getOriginalMessage(), 200) + ".").orElse("");
  }
}
