package io.agentos.runtime.budgets;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Windows as the arrays that statements take. */
final class Windows {
  /** Any order that is always the same; Postgres locks in its own. */
  static final Comparator<Window.Key> ORDER =
      Comparator.comparing((Window.Key key) -> key.tenant().value())
          .thenComparing(key -> key.budget().value())
          .thenComparing(Window.Key::start);

  private Windows() {}

  static String[] tenants(Collection<Window.Key> keys) {
    return keys.stream().map(key -> key.tenant().value()).toArray(String[]::new);
  }

  static UUID[] budgets(Collection<Window.Key> keys) {
    return keys.stream().map(key -> key.budget().value()).toArray(UUID[]::new);
  }

  static Instant[] starts(Collection<Window.Key> keys) {
    return keys.stream().map(Window.Key::start).toArray(Instant[]::new);
  }

  /** The budgets as one array within an array, which JDBC cannot pass. */
  static String budgetArray(List<Window> windows) {
    return windows.stream()
        .map(window -> window.key().budget().value().toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The beginnings of the windows in the same order. */
  static String startArray(List<Window> windows) {
    return windows.stream()
        .map(window -> window.key().start().toString())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
