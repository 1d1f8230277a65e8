package io.agentos.runtime.approvals;

import io.agentos.runtime.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an edit changes, place by place. */
public final class ArgumentDiff {
  /** More changes than this are not told apart. */
  static final int CHANGES_MAX = 1_000;

  private ArgumentDiff() {}

  /**
   * One change.
   *
   * @param path where, as a JSON pointer (RFC 6901)
   * @param change added, removed or changed
   * @param from what was asked; null when it was added
   * @param to what shall be; null when it was removed
   */
  public record Change(String path, String change, @Nullable Object from, @Nullable Object to) {}

  /** The changes from one value to another, in the order of their paths. */
  static List<Change> between(@Nullable Object from, @Nullable Object to) {
    List<Change> changes = new ArrayList<>();
    compare("", from, to, changes);
    return List.copyOf(changes);
  }

  private static void compare(
      String path, @Nullable Object from, @Nullable Object to, List<Change> changes) {
    if (changes.size() >= CHANGES_MAX) {
      return;
    }
    if (from instanceof Map<?, ?> before && to instanceof Map<?, ?> after) {
      TreeSet<String> names = new TreeSet<>();
      before.keySet().forEach(name -> names.add(String.valueOf(name)));
      after.keySet().forEach(name -> names.add(String.valueOf(name)));
      for (String name : names) {
        String place = path + "/" + escaped(name);
        if (!before.containsKey(name)) {
          changes.add(new Change(place, "added", null, after.get(name)));
        } else if (!after.containsKey(name)) {
          changes.add(new Change(place, "removed", before.get(name), null));
        } else {
          compare(place, before.get(name), after.get(name), changes);
        }
      }
    } else if (from instanceof List<?> before && to instanceof List<?> after) {
      compareLists(path, before, after, changes);
    } else if (!CanonicalJson.write(from).equals(CanonicalJson.write(to))) {
      changes.add(new Change(path, "changed", from, to));
    }
  }

  private static void compareLists(
      String path, List<?> before, List<?> after, List<Change> changes) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String place = path + "/" + i;
      if (i >= before.size()) {
        changes.add(new Change(place, "added", null, after.get(i)));
      } else if (i >= after.size()) {
        changes.add(new Change(place, "removed", before.get(i), null));
      } else {
        compare(place, before.get(i), after.get(i), changes);
      }
    }
  }

  /** A name as it stands in a JSON pointer. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
