package io.agentos.tools.design.contrast;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.design.contrast.Painter.Painted;
import io.agentos.tools.report.Markdown;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every pair of colours that text was seen in, how often, and whether it is enough. */
final class Pairs {
  private static final int SHOWN_MAX = 25;
  private static final int FIELDS_MAX = 200;

  private record Key(String text, String background, double needed) {}

  private record Pair(Key key, double ratio, int texts) {}

  private final Map<Key, Pair> pairs = new LinkedHashMap<>();
  private int texts;

  void add(Painted painted, double ratio, double needed, Circumstance circumstance) {
    texts += circumstance.states().isEmpty() ? 1 : 0;
    Key key = new Key(painted.text().hex(), painted.background().hex(), needed);
    Pair before = pairs.getOrDefault(key, new Pair(key, ratio, 0));
    pairs.put(key, new Pair(key, Math.min(ratio, before.ratio()), before.texts() + 1));
  }

  /** How many texts were judged at rest, each circumstance counted. */
  int texts() {
    return texts;
  }

  int size() {
    return pairs.size();
  }

  private List<Pair> ordered() {
    return pairs.values().stream()
        .sorted(
            Comparator.comparingDouble((Pair pair) -> pair.ratio() / pair.key().needed())
                .thenComparing(pair -> pair.key().text())
                .thenComparing(pair -> pair.key().background()))
        .toList();
  }

  /** A table of the faintest. */
  String table() {
    String table =
        Markdown.table(
            List.of("Text", "Background", "Ratio", "Needs", "Texts", "Verdict"),
            ordered().stream().limit(SHOWN_MAX).map(Pairs::row).toList());
    if (pairs.size() > SHOWN_MAX) {
      return table + "\nand %d more with higher ratios.\n".formatted(pairs.size() - SHOWN_MAX);
    }
    return table;
  }

  private static List<String> row(Pair pair) {
    return List.of(
        code(pair.key().text()),
        code(pair.key().background()),
        TextCheck.shown(pair.ratio(), pair.key().needed()),
        TextCheck.plain(pair.key().needed()),
        Integer.toString(pair.texts()),
        pair.ratio() < pair.key().needed() ? "too faint" : "passes");
  }

  List<Map<String, Object>> fields() {
    return ordered().stream().limit(FIELDS_MAX).map(Pairs::fields).toList();
  }

  private static Map<String, Object> fields(Pair pair) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", pair.key().text());
    fields.put("background", pair.key().background());
    fields.put("ratio", Math.floor(pair.ratio() * 100) / 100);
    fields.put("needed", pair.key().needed());
    fields.put("seen", pair.texts());
    fields.put("passes", pair.ratio() >= pair.key().needed());
    return fields;
  }
}
