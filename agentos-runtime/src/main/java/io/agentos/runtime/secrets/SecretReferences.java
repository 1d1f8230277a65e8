package io.agentos.runtime.secrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The references in the arguments of a call, wherever a value stands. Pure. */
public final class SecretReferences {
  private SecretReferences() {}

  /**
   * A reference, and where it stands.
   *
   * @param argument the name of the argument that holds it, at whatever depth
   */
  record Found(String argument, SecretReference reference) {}

  /** Whether there is any. */
  public static boolean in(Map<String, @Nullable Object> arguments) {
    return !find(arguments).isEmpty();
  }

  /** All of them, in order. */
  static List<Found> find(Map<String, @Nullable Object> arguments) {
    List<Found> found = new ArrayList<>();
    arguments.forEach((name, value) ->
        replaced(
            value,
            reference -> {
              found.add(new Found(name, reference));
              return "";
            }));
    return found;
  }

  /** The arguments with another text for each reference. */
  static Map<String, @Nullable Object> replace(
      Map<String, @Nullable Object> arguments, Function<SecretReference, String> with) {
    Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
    arguments.forEach((name, value) -> replaced.put(name, replaced(value, with)));
    return replaced;
  }

  private static @Nullable Object replaced(
      @Nullable Object value, Function<SecretReference, String> with) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put(String.valueOf(key), replaced(member, with)));
        yield members;
      }
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(replaced(item, with)));
        yield items;
      }
      case null -> null;
      default -> {
        SecretReference reference = SecretReference.of(value).orElse(null);
        yield reference == null ? value : with.apply(reference);
      }
    };
  }
}
