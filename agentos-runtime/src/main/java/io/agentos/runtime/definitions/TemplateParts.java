package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template taken apart. */
record TemplateParts(List<Part> parts) {
  private static final String OPEN = "${";
  private static final String ESCAPED_OPEN = "$${";

  /** A piece of a template. */
  sealed interface Part permits Literal, Reference {}

  /** Text that stands as it is. */
  record Literal(String text) implements Part {}

  TemplateParts {
    parts = List.copyOf(parts);
  }

  /**
   * The parts of {@code template}.
   *
   * @throws AgentOsException INVALID_DEFINITION when a reference is not closed or not a reference
   */
  static TemplateParts of(String template) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      if (template.startsWith(ESCAPED_OPEN, at)) {
        literal.append(OPEN);
        at += ESCAPED_OPEN.length();
      } else if (template.startsWith(OPEN, at)) {
        addLiteral(parts, literal);
        int end = template.indexOf('}', at);
        parts.add(reference(template, at, end));
        at = end + 1;
      } else {
        literal.append(template.charAt(at++));
      }
    }
    addLiteral(parts, literal);
    return new TemplateParts(parts);
  }

  /** The references in it. */
  List<Reference> references() {
    return parts.stream().filter(Reference.class::isInstance).map(Reference.class::cast).toList();
  }

  /** The one reference that is the whole template; null when there is more or less. */
  @Nullable Reference whole() {
    return parts.size() == 1 && parts.getFirst() instanceof Reference reference ? reference : null;
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static Reference reference(String template, int start, int end) {
    if (end < 0) {
      throw wrong(template.substring(start));
    }
    String inner = template.substring(start + OPEN.length(), end).strip();
    return Reference.parse(inner).orElseThrow(() -> wrong(template.substring(start, end + 1)));
  }

  private static AgentOsException wrong(String found) {
    return new AgentOsException(
        ErrorCode.INVALID_DEFINITION,
        ("found reference %s; allowed: ${input.NAME}, ${steps.NAME.text}, ${steps.NAME.fields…},"
                + " and $${ for the characters themselves")
            .formatted(Problems.quoted(found)));
  }
}
