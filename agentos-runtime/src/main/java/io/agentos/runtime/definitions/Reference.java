package io.agentos.runtime.definitions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference of a template, such as {@code steps.audit.fields.findings[0]}.
 *
 * @param root {@value #INPUT} or {@value #STEPS}
 * @param path the names (String) and indices (Integer) below the root: of an input at least its
 *     name, of a step at least its name and {@value #TEXT} or {@value #FIELDS}
 */
record Reference(String root, List<Object> path) implements TemplateParts.Part {
  static final String INPUT = "input";
  static final String STEPS = "steps";
  static final String TEXT = "text";
  static final String FIELDS = "fields";

  private static final int PATH_LENGTH_MAX = 50;
  private static final Pattern SHAPE =
      Pattern.compile(
          "(input|steps)((?:\\.[A-Za-z_][A-Za-z0-9_-]{0,199}|\\[[0-9]{1,6}]){1,%d})"
              .formatted(PATH_LENGTH_MAX));
  private static final Pattern SEGMENT = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[([0-9]+)]");

  Reference {
    path = List.copyOf(path);
  }

  /** The reference in {@code text}, or empty when it has not the shape of one. */
  static Optional<Reference> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    List<Object> path = new ArrayList<>();
    Matcher segment = SEGMENT.matcher(shape.group(2));
    while (segment.find()) {
      String name = segment.group(1);
      path.add(name != null ? name : Integer.valueOf(segment.group(2)));
    }
    Reference reference = new Reference(shape.group(1), path);
    return reference.reaches() ? Optional.of(reference) : Optional.empty();
  }

  /** The name of the input or step it refers to. */
  String name() {
    return String.valueOf(path.getFirst());
  }

  private boolean reaches() {
    if (!(path.getFirst() instanceof String)) {
      return false;
    }
    if (root.equals(INPUT)) {
      return true;
    }
    return path.size() == 2
        ? path.get(1).equals(TEXT) || path.get(1).equals(FIELDS)
        : path.size() > 2 && path.get(1).equals(FIELDS);
  }

  /**
   * The value in {@code start} along the path from {@code first} on; null where it leads nowhere.
   */
  @Nullable Object within(Object start, int first) {
    Object value = start;
    for (Object segment : path.subList(first, path.size())) {
      if (value instanceof Map<?, ?> map && segment instanceof String key) {
        value = map.get(key);
      } else if (value instanceof List<?> list && segment instanceof Integer index) {
        value = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return value;
  }
}
