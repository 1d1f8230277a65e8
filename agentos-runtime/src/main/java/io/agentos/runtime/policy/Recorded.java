package io.agentos.runtime.policy;

import io.agentos.runtime.json.CanonicalJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as decisions keep them: numbers that read the same from JSON as they were written, and
 * long texts as their digest and length.
 */
final class Recorded {
  /** Characters of one text that are kept. */
  static final int TEXT_LENGTH_MAX = 4_000;

  /** Characters of all arguments together that are kept. */
  static final int ARGUMENTS_LENGTH_MAX = 32_000;

  private static final int SMALL_LENGTH_MAX = 1_000;
  private static final double EXACT_MAX = 1L << 53;

  private Recorded() {}

  /** The arguments as they are recorded; adds the names of those that are cut. */
  static Map<String, @Nullable Object> of(Map<?, ?> arguments, Set<String> cut) {
    Map<String, @Nullable Object> kept = new TreeMap<>();
    int length = 0;
    for (Map.Entry<?, ?> argument : arguments.entrySet()) {
      String name = String.valueOf(argument.getKey());
      String text = CanonicalJson.write(argument.getValue());
      boolean fits =
          !hasLong(argument.getValue())
              && (text.length() <= SMALL_LENGTH_MAX
                  || length + text.length() <= ARGUMENTS_LENGTH_MAX);
      if (fits) {
        length += text.length();
        kept.put(name, argument.getValue());
      } else {
        cut.add(name);
        kept.put(name, digest(text));
      }
    }
    return kept;
  }

  /**
   * Values as the record gives them back: whole numbers as Long, others as Double, members in the
   * order of canonical JSON, for a condition may look at them one after the other.
   */
  static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Long number -> number((double) number, number);
      case Integer number -> number.longValue();
      case BigInteger number -> number(number.doubleValue(), number);
      case BigDecimal number -> number(number.doubleValue(), number);
      case Number number -> number(number.doubleValue(), number);
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(normal(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new TreeMap<>();
        map.forEach((key, member) -> members.put(String.valueOf(key), normal(member)));
        yield members;
      }
      default -> value;
    };
  }

  /** A whole number as Long, another as Double; one that no double holds as its text. */
  private static Object number(double number, Number exact) {
    if (Double.isInfinite(number) || Double.isNaN(number) || Math.abs(number) > EXACT_MAX) {
      return exact.toString();
    }
    return number == Math.rint(number) ? (Object) (long) number : (Object) number;
  }

  private static boolean hasLong(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case String text -> text.length() > TEXT_LENGTH_MAX;
      case List<?> list -> list.stream().anyMatch(Recorded::hasLong);
      case Map<?, ?> map -> map.values().stream().anyMatch(Recorded::hasLong);
      default -> false;
    };
  }

  private static Map<String, Object> digest(String text) {
    Map<String, Object> cut = new LinkedHashMap<>();
    cut.put("sha256", CanonicalJson.sha256(text));
    cut.put("length", text.length());
    return cut;
  }
}
