package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow agent makes of its steps' results.
 *
 * @param text a template
 * @param fields one reference as a text, or a map with templates; null for no fields
 */
public record OutputTemplate(String text, @Nullable Object fields) {

  /**
   * The output with the references filled in; see {@link Template}.
   *
   * @throws AgentOsException INVALID_DEFINITION when {@code fields} refers to something that is not
   *     a map
   */
  @SuppressWarnings("NullAway") // javac drops the @Nullable of a compact constructor's parameters
  public Output fill(Template.Scope scope) {
    String filledText = Template.text(text, scope);
    if (fields == null) {
      return Output.ofText(filledText);
    }
    return new Output(filledText, map(Template.value(fields, scope)));
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    switch (value) {
      case null -> {}
      case Map<?, ?> map -> map.forEach((key, member) -> members.put(String.valueOf(key), member));
      case Object _ ->
          throw new AgentOsException(
              ErrorCode.INVALID_DEFINITION,
              "The fields of a workflow's output are a map; spec.output.fields refers to something"
                  + " else.");
    }
    return members;
  }
}
