package io.agentos.runtime.privacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes every text within a JSON value, names of members included. */
final class Values {
  private Values() {}

  static @Nullable Object of(@Nullable Object value, UnaryOperator<String> change) {
    return switch (value) {
      case String text -> change.apply(text);
      case Map<?, ?> map -> members(map, change);
      case List<?> list -> list(list, change);
      case Long number -> number(number, change);
      case BigInteger number -> number(number, change);
      case null, default -> value;
    };
  }

  static List<@Nullable Object> list(List<?> list, UnaryOperator<String> change) {
    List<@Nullable Object> changed = new ArrayList<>(list.size());
    list.forEach(element -> changed.add(of(element, change)));
    return changed;
  }

  static Map<String, @Nullable Object> members(Map<?, ?> map, UnaryOperator<String> change) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    map.forEach(
        (name, member) -> changed.put(change.apply(String.valueOf(name)), of(member, change)));
    return changed;
  }

  /** A long number may be one of a card; others that stand alone are amounts and ids. */
  private static Object number(Object number, UnaryOperator<String> change) {
    String text = number.toString();
    if (text.length() < 13) {
      return number;
    }
    String changed = change.apply(text);
    return changed.equals(text) ? number : changed;
  }
}
