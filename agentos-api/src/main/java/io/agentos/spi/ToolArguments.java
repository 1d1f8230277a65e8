package io.agentos.spi;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool call, read by type. They were checked against the tool's schema before,
 * so that a reader's complaint is a defect of the schema or of the tool.
 */
public final class ToolArguments {
  private final Map<String, @Nullable Object> values;

  public ToolArguments(Map<String, @Nullable Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** All of them, as JSON values. */
  public Map<String, @Nullable Object> values() {
    return values;
  }

  /** A text that must be there. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> wrong(name, "a text", values.get(name)));
  }

  /** A text, or empty when absent or null. */
  public Optional<String> optionalText(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw wrong(name, "a text", other);
    };
  }

  /** A whole number, or {@code otherwise} when absent or null. */
  public long number(String name, long otherwise) {
    return switch (values.get(name)) {
      case null -> otherwise;
      case Number number -> exact(name, number);
      case Object other -> throw wrong(name, "a whole number", other);
    };
  }

  /** A truth value, or {@code otherwise} when absent or null. */
  public boolean flag(String name, boolean otherwise) {
    return switch (values.get(name)) {
      case null -> otherwise;
      case Boolean flag -> flag;
      case Object other -> throw wrong(name, "true or false", other);
    };
  }

  /** A list of texts, empty when absent or null. */
  public List<String> texts(String name) {
    if (values.get(name) == null) {
      return List.of();
    }
    if (!(values.get(name) instanceof List<?> list)) {
      throw wrong(name, "a list of texts", values.get(name));
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object item : list) {
      if (!(item instanceof String text)) {
        throw wrong(name, "a list of texts", item);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  private static long exact(String name, Number number) {
    try {
      return new BigDecimal(number.toString()).longValueExact();
    } catch (ArithmeticException e) {
      throw wrong(name, "a whole number of at most 64 bits", number);
    }
  }

  private static AgentOsException wrong(String name, String wanted, @Nullable Object found) {
    return new AgentOsException(
        ErrorCode.INVALID_ARGUMENTS,
        "Argument '%s' must be %s, and is %s."
            .formatted(name, wanted, found == null ? "missing" : "a value of another type"));
  }
}
