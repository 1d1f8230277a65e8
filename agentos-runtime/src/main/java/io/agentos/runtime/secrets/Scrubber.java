package io.agentos.runtime.secrets;

import io.agentos.api.AgentOsException;
import io.agentos.api.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes known values out of what a tool says, and puts their names in: as they are, in any case,
 * and in base64 at any offset, base64url, hex, reversed; and each of these percent-encoded, escaped
 * as JSON or HTML, twice over, and broken by white space. What a tool computes from a value, or
 * gives out in parts, passes.
 *
 * <p>Immutable.
 */
public final class Scrubber {
  /** Knows no values and changes nothing. */
  public static final Scrubber NONE = new Scrubber(Map.of());

  private final List<Needle> needles;

  /**
   * Knows some values.
   *
   * @param names what to say in place of each value
   */
  Scrubber(Map<String, String> names) {
    List<Needle> all = new ArrayList<>();
    names.forEach((value, name) -> all.addAll(Needle.of(value, name)));
    this.needles = List.copyOf(all);
  }

  /** A text without the values. */
  public String text(String text) {
    return needles.isEmpty() ? text : SecretSearch.replace(text, needles);
  }

  /** A result without the values, in its text, its fields, and their names. */
  public ToolResult result(ToolResult result) {
    if (needles.isEmpty()) {
      return result;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    result.fields().forEach((name, value) -> fields.put(text(name), value(value)));
    String text = text(result.text());
    return new ToolResult(
        text.substring(0, Math.min(text.length(), ToolResult.TEXT_LENGTH_MAX)),
        fields,
        result.failed());
  }

  /**
   * A failure without the values: its code and its words, and where it came from; not what caused
   * it, for that may hold them anywhere.
   */
  public AgentOsException failure(AgentOsException failure) {
    if (needles.isEmpty()) {
      return failure;
    }
    String detail = text(failure.detail());
    AgentOsException clean =
        failure
            .retryAfter()
            .map(after -> AgentOsException.retryAfter(failure.code(), detail, after))
            .orElseGet(() -> new AgentOsException(failure.code(), detail));
    clean.setStackTrace(failure.getStackTrace());
    return clean;
  }

  /** A defect without what it says, which may hold the values; of the kind it was. */
  public RuntimeException broken(RuntimeException defect) {
    RuntimeException clean =
        new IllegalStateException(
            "a tool that held a secret broke with " + defect.getClass().getName());
    clean.setStackTrace(defect.getStackTrace());
    return clean;
  }

  private @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case String text -> text(text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(text(String.valueOf(name)), value(member)));
        yield members;
      }
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(value(item)));
        yield items;
      }
      case Number number -> {
        String text = number.toString();
        yield text(text).equals(text) ? number : text(text);
      }
      case null -> null;
      default -> value;
    };
  }

  /** Hides the values. */
  @Override
  public String toString() {
    return "scrubber";
  }
}
