package io.agentos.tools.files;

import io.agentos.api.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a walk found, and the page that shows it: as many levels as fit. Owned by one thread. */
final class Listing {
  /** The most lines shown. */
  static final int LINES_MAX = 400;

  private record Item(String path, Walk.Kind kind, long bytes) {
    int level() {
      return (int) path.chars().filter(character -> character == '/').count();
    }
  }

  /** What a folder holds at any depth. */
  private static final class Total {
    private int files;
    private long bytes;
  }

  private final boolean filesOnly;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, Total> totals = new HashMap<>();
  private int files;
  private int folders;

  /**
   * @param filesOnly whether folders are left out of the page, for a caller who asked for some
   *     files
   */
  Listing(boolean filesOnly) {
    this.filesOnly = filesOnly;
  }

  void add(Walk.Entry entry) {
    boolean folder = entry.kind() == Walk.Kind.FOLDER;
    folders += folder ? 1 : 0;
    files += folder ? 0 : 1;
    if (!folder) {
      addToFolders(entry.path(), entry.bytes());
    }
    if (!folder || !filesOnly) {
      items.add(new Item(entry.path(), entry.kind(), entry.bytes()));
    }
  }

  private void addToFolders(String path, long bytes) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      Total total = totals.computeIfAbsent(path.substring(0, slash), folder -> new Total());
      total.files++;
      total.bytes += bytes;
    }
  }

  ToolResult result(Path start, Walk.Outcome outcome) {
    int levels = filesOnly ? Integer.MAX_VALUE : levelsThatFit();
    List<Item> fitting = items.stream().filter(item -> item.level() < levels).toList();
    List<Item> shown = fitting.subList(0, Math.min(LINES_MAX, fitting.size()));
    StringBuilder text = new StringBuilder(title(start));
    for (Item item : shown) {
      text.append(line(item, levels)).append('\n');
    }
    int hidden = items.size() - shown.size();
    if (fitting.size() > shown.size()) {
      text.append(
          "%s more are not shown: narrow by path or glob.\n".formatted(Printable.number(hidden)));
    } else if (hidden > 0) {
      text.append(
          "%s deeper entries are not shown: list a folder by path.\n"
              .formatted(Printable.number(hidden)));
    }
    outcome
        .cut()
        .ifPresent(why -> text.append("The list ends early, %s: narrow by path.\n".formatted(why)));
    text.append(outcome.skippedText());
    return new ToolResult(
        text.toString(), fields(shown, hidden > 0 || outcome.cut().isPresent()), false);
  }

  private String title(Path start) {
    String place = start.toString().isEmpty() ? "the folder" : Printable.name(start.toString());
    return filesOnly
        ? "%s files fit in %s\n".formatted(Printable.number(files), place)
        : "%s files and %s folders in %s\n"
            .formatted(Printable.number(files), Printable.number(folders), place);
  }

  /** The largest depth whose entries all fit on the page; at least the first that has any. */
  private int levelsThatFit() {
    Map<Integer, Integer> counts = new HashMap<>();
    items.forEach(item -> counts.merge(item.level(), 1, Integer::sum));
    int shown = 0;
    int levels = 0;
    while (!counts.isEmpty()) {
      int next = counts.getOrDefault(levels, 0);
      counts.remove(levels);
      if (shown > 0 && shown + next > LINES_MAX) {
        return levels;
      }
      shown += next;
      levels++;
    }
    return levels;
  }

  private String line(Item item, int levels) {
    String name = Printable.name(item.path());
    return switch (item.kind()) {
      case FILE -> "%s  %s".formatted(name, size(item.bytes()));
      case LINK -> name + "  (link)";
      case FOLDER -> {
        Total total = totals.get(item.path());
        yield total != null && item.level() + 1 >= levels
            ? "%s/  (%s files, %s)"
                .formatted(name, Printable.number(total.files), size(total.bytes))
            : name + "/";
      }
    };
  }

  private static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private Map<String, @Nullable Object> fields(List<Item> shown, boolean more) {
    List<Map<String, Object>> entries = new ArrayList<>(shown.size());
    for (Item item : shown) {
      entries.add(
          Map.of(
              "path", Printable.name(item.path()),
              "kind", item.kind().name().toLowerCase(Locale.ROOT),
              "bytes", item.bytes()));
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("entries", entries);
    fields.put("files", files);
    fields.put("folders", folders);
    fields.put("more", more);
    return fields;
  }
}
