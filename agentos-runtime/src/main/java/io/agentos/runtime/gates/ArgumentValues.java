package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of some arguments of a tool call, wherever they stand in it: an argument in a list of
 * objects counts as one at the top does.
 *
 * @param names as {@link #plain} writes them
 */
record ArgumentValues(Set<String> names) {

  static ArgumentValues named(List<String> names) {
    return new ArgumentValues(
        names.stream().map(ArgumentValues::plain).collect(Collectors.toUnmodifiableSet()));
  }

  /** The values under these names, in the order of the call; lists and objects as they are. */
  List<@Nullable Object> in(Map<String, @Nullable Object> arguments) {
    List<@Nullable Object> found = new ArrayList<>();
    search(arguments, found);
    return found;
  }

  /** The texts and numbers under these names; of an object, its members' values. */
  List<String> texts(Map<String, @Nullable Object> arguments) {
    List<String> texts = new ArrayList<>();
    in(arguments).forEach(value -> scalars(value, texts));
    return texts;
  }

  private void search(@Nullable Object value, List<@Nullable Object> found) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((name, member) -> {
            if (names.contains(plain(String.valueOf(name)))) {
              found.add(member);
            } else {
              search(member, found);
            }
          });
      case List<?> list -> list.forEach(item -> search(item, found));
      case null, default -> {}
    }
  }

  private static void scalars(@Nullable Object value, List<String> texts) {
    switch (value) {
      case null -> {}
      case Map<?, ?> map -> map.values().forEach(member -> scalars(member, texts));
      case List<?> list -> list.forEach(item -> scalars(item, texts));
      default -> texts.add(value.toString());
    }
  }

  /** Lower case, without '_', '-' and spaces: {@code webhookUrl} is {@code webhook_url}. */
  private static String plain(String name) {
    return name.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
  }
}
