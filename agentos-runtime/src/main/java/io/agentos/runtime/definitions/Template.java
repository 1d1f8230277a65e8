package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.runtime.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts with references into a task: {@code ${input.schema}}, {@code ${steps.audit.text}}, {@code
 * ${steps.audit.fields.findings[0].table}}. A text that is one reference and nothing else keeps the
 * JSON type of the value; within other text, a value becomes text, maps and lists as JSON. A second
 * dollar sign before it makes a reference plain text.
 *
 * <p>A reference to nothing, or to null, drops its key or item, and is empty within other text.
 * Nothing is run, and what was put in is not read again for references.
 */
public final class Template {
  /** How long the texts of one filling may be together, in characters. */
  public static final int OUTPUT_LENGTH_MAX = ToolResult.TEXT_LENGTH_MAX;

  /**
   * What references can reach.
   *
   * @param input the task's input, by its fields
   * @param steps the results of the steps that are done, by their names
   */
  public record Scope(Map<String, @Nullable Object> input, Map<String, ToolResult> steps) {
    public Scope {
      input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
      steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    @Nullable Object value(Reference reference) {
      List<Object> names = reference.path();
      if (reference.root().equals(Reference.INPUT)) {
        return reference.within(input, 0);
      }
      ToolResult result = steps.get(String.valueOf(names.getFirst()));
      if (result == null) {
        return null;
      }
      return names.get(1).equals(Reference.TEXT)
          ? result.text()
          : reference.within(result.fields(), 2);
    }
  }

  private final Scope scope;
  private int lengthLeft = OUTPUT_LENGTH_MAX;

  private Template(Scope scope) {
    this.scope = scope;
  }

  /**
   * The text with its references filled in.
   *
   * @throws AgentOsException LIMIT_REACHED when it grows beyond {@link #OUTPUT_LENGTH_MAX}
   */
  public static String text(String template, Scope scope) {
    return new Template(scope).joined(TemplateParts.of(template));
  }

  /**
   * The values with the references in all their texts filled in, at any depth.
   *
   * @throws AgentOsException LIMIT_REACHED when they grow beyond {@link #OUTPUT_LENGTH_MAX}
   */
  public static Map<String, @Nullable Object> values(
      Map<String, ? extends @Nullable Object> templates, Scope scope) {
    return new Template(scope).map(templates);
  }

  /** A single value with the references in it filled in; see {@link #values}. */
  static @Nullable Object value(Object template, Scope scope) {
    return new Template(scope).value(template);
  }

  private Map<String, @Nullable Object> map(Map<?, ? extends @Nullable Object> templates) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>();
    templates.forEach((key, template) -> {
      Object value = value(template);
      if (value != null || template == null) {
        filled.put(String.valueOf(key), value);
      }
    });
    return filled;
  }

  private List<@Nullable Object> list(List<? extends @Nullable Object> templates) {
    List<@Nullable Object> filled = new ArrayList<>();
    for (Object template : templates) {
      Object value = value(template);
      if (value != null || template == null) {
        filled.add(value);
      }
    }
    return filled;
  }

  private @Nullable Object value(@Nullable Object template) {
    return switch (template) {
      case String text -> value(TemplateParts.of(text));
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list);
      case null -> null;
      case Object other -> other;
    };
  }

  private @Nullable Object value(TemplateParts parts) {
    Reference reference = parts.whole();
    if (reference == null) {
      return joined(parts);
    }
    Object value = scope.value(reference);
    spend(shown(value));
    return value;
  }

  private String joined(TemplateParts parts) {
    StringBuilder text = new StringBuilder();
    for (TemplateParts.Part part : parts.parts()) {
      String shown =
          switch (part) {
            case TemplateParts.Literal(String literal) -> literal;
            case Reference reference -> shown(scope.value(reference));
          };
      spend(shown);
      text.append(shown);
    }
    return text.toString();
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Object other -> Json.write(other);
    };
  }

  private void spend(String text) {
    lengthLeft -= text.length();
    if (lengthLeft < 0) {
      throw new AgentOsException(
          ErrorCode.LIMIT_REACHED,
          "A template made more than %d characters; refer to less in it."
              .formatted(OUTPUT_LENGTH_MAX));
    }
  }
}
