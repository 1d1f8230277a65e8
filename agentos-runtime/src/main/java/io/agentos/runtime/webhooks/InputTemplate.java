package io.agentos.runtime.webhooks;

import io.agentos.api.TaskInput;
import io.agentos.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Makes the input of a task from a verified delivery. {@code ${payload}} is the whole payload,
 * {@code ${payload.a.0.b}} a value in it, {@code ${id}} the delivery's id; a text that is nothing
 * but one of these becomes the value itself, whatever its type, and null where there is none.
 */
final class InputTemplate {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(id|payload(?:\\.[A-Za-z0-9_-]{1,64}){0,16})}");

  private static final Pattern BEGIN = Pattern.compile("\\$\\{");
  private static final int DEPTH_MAX = 8;

  private InputTemplate() {}

  /** Whether every reference in a template is one; and its shape a text or an object. */
  static boolean isTemplate(@Nullable Object template) {
    return (template instanceof String || template instanceof Map<?, ?>) && fits(template, 0);
  }

  /**
   * The input of a task.
   *
   * @param template null for the payload as it is, in the field {@code payload}
   */
  static TaskInput input(@Nullable Object template, String id, byte[] body) {
    Object payload = payload(body);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (template == null) {
      fields.put("payload", payload);
      return new TaskInput.Fields(fields);
    }
    if (template instanceof String text) {
      return new TaskInput.Text(filledText(text, id, payload));
    }
    if (filled(template, id, payload) instanceof Map<?, ?> members) {
      members.forEach((name, value) -> fields.put(String.valueOf(name), value));
    }
    return new TaskInput.Fields(fields);
  }

  /** JSON, else the fields of a form, else a text. */
  private static @Nullable Object payload(byte[] body) {
    try {
      return clean(Json.plain(Json.readTree(body)));
    } catch (JacksonException e) {
      String text;
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      } catch (CharacterCodingException notText) {
        return "";
      }
      Optional<Map<String, List<String>>> form =
          text.matches("(?s)[!-~]+=.*") ? Form.read(body) : Optional.empty();
      return clean(form.<Object>map(InputTemplate::single).orElse(text));
    }
  }

  private static Map<String, Object> single(Map<String, List<String>> form) {
    Map<String, Object> fields = new LinkedHashMap<>();
    form.forEach(
        (name, values) -> fields.put(name, values.size() == 1 ? values.getFirst() : values));
    return fields;
  }

  private static boolean fits(@Nullable Object template, int depth) {
    return switch (template) {
      case String text -> count(BEGIN, text) == count(REFERENCE, text);
      case Map<?, ?> members ->
          depth < DEPTH_MAX && members.values().stream().allMatch(value -> fits(value, depth + 1));
      case List<?> values ->
          depth < DEPTH_MAX && values.stream().allMatch(value -> fits(value, depth + 1));
      case null, default -> true;
    };
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }

  private static @Nullable Object filled(
      @Nullable Object template, String id, @Nullable Object payload) {
    return switch (template) {
      case String text -> {
        Matcher whole = REFERENCE.matcher(text);
        yield whole.matches() ? value(whole.group(1), id, payload) : filledText(text, id, payload);
      }
      case Map<?, ?> members -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        members.forEach((name, value) -> all.put(String.valueOf(name), filled(value, id, payload)));
        yield all;
      }
      case List<?> values -> {
        List<@Nullable Object> all = new ArrayList<>();
        values.forEach(value -> all.add(filled(value, id, payload)));
        yield all;
      }
      case null, default -> template;
    };
  }

  private static String filledText(String text, String id, @Nullable Object payload) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(words(value(match.group(1), id, payload))));
  }

  private static String words(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      default -> Json.write(value);
    };
  }

  private static @Nullable Object value(String reference, String id, @Nullable Object payload) {
    if (reference.equals("id")) {
      return id;
    }
    String[] steps = reference.split("\\.", -1);
    Object value = payload;
    for (int i = 1; i < steps.length; i++) {
      value = member(value, steps[i]);
    }
    return value;
  }

  private static @Nullable Object member(@Nullable Object value, String name) {
    return switch (value) {
      case Map<?, ?> members -> members.get(name);
      case List<?> values when name.matches("[0-9]{1,6}") -> {
        int at = Integer.parseInt(name);
        yield at < values.size() ? values.get(at) : null;
      }
      case null, default -> null;
    };
  }

  /** Half surrogates, which UTF-8 cannot write, and NUL become U+FFFD. */
  private static @Nullable Object clean(@Nullable Object value) {
    return switch (value) {
      case String text -> clean(text);
      case Map<?, ?> members -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        members.forEach((name, member) -> all.put(clean(String.valueOf(name)), clean(member)));
        yield all;
      }
      case List<?> values -> {
        List<@Nullable Object> all = new ArrayList<>();
        values.forEach(member -> all.add(clean(member)));
        yield all;
      }
      case null, default -> value;
    };
  }

  private static String clean(String text) {
    boolean whole =
        text.codePoints().allMatch(point -> point != 0 && (point < 0xD800 || point > 0xDFFF));
    if (whole) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? 0xFFFD : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
