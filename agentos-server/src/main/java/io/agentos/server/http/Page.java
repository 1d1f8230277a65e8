package io.agentos.server.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; null when this is the last
 */
record Page(List<?> data, @Nullable String nextCursor) {

  /**
   * The part made of the first {@code limit} of {@code found}, of which one more was looked for.
   *
   * @param place the cursor of the part after an object
   */
  static <T> Page of(List<T> found, int limit, Function<T, ?> view, Function<T, String> place) {
    List<T> shown = found.size() > limit ? found.subList(0, limit) : found;
    String next = found.size() > limit ? place.apply(shown.getLast()) : null;
    return new Page(shown.stream().map(view).toList(), next);
  }
}
