package io.agentos.tools.code;

import io.agentos.tools.code.SourceFile.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An overview as JSON values, for programs and workflows. */
final class ScoutFields {
  private static final int MARKS_MAX = 200;
  private static final int MANIFESTS_MAX = 100;

  private ScoutFields() {}

  static Map<String, @Nullable Object> of(Overview overview) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("files", overview.found().files().size());
    fields.put("code_lines", overview.codeLines());
    fields.put("test_lines", overview.testLines());
    fields.put("test_files", overview.files(Role.TEST));
    fields.put("generated_files", overview.files(Role.GENERATED));
    fields.put("complete", overview.found().outcome().cut().isEmpty());
    fields.put("look_first", overview.places().stream().map(ScoutFields::place).toList());
    fields.put("languages", overview.languages().stream().map(ScoutFields::language).toList());
    overview.history().ifPresent(history -> fields.put("history", history(overview, history)));
    fields.put(
        "biggest_files",
        overview.biggestFiles().stream()
            .map(file -> Map.of("path", file.path(), "lines", file.lines(), "bytes", file.bytes()))
            .toList());
    fields.put(
        "long_functions", overview.longFunctions().stream().map(ScoutFields::function).toList());
    fields.put("marks_total", overview.marks());
    fields.put(
        "marks",
        overview.found().marks().stream().limit(MARKS_MAX).map(ScoutFields::mark).toList());
    fields.put(
        "manifests",
        overview.found().manifests().stream()
            .limit(MANIFESTS_MAX)
            .map(ScoutFields::manifest)
            .toList());
    return fields;
  }

  private static Map<String, Object> place(Attention.Place place) {
    return Map.of("path", place.path(), "reasons", place.reasons());
  }

  private static Map<String, Object> language(Overview.LanguageTotal total) {
    return Map.of(
        "name", total.language().name(),
        "code", total.language().isCode(),
        "files", total.files(),
        "lines", total.lines());
  }

  private static Map<String, Object> history(Overview overview, History history) {
    List<Map<String, Object>> hotSpots =
        overview.hotSpots().stream()
            .map(file ->
                Map.<String, Object>of(
                    "path", file.path(),
                    "commits", history.of(file).commits(),
                    "repairs", history.of(file).fixes(),
                    "people", history.of(file).people(),
                    "lines", file.lines()))
            .toList();
    return Map.of(
        "commits", history.commits(),
        "people", history.people(),
        "first", history.first().toString(),
        "last", history.last().toString(),
        "complete", history.whole(),
        "hot_spots", hotSpots);
  }

  private static Map<String, Object> function(Overview.LongFunction one) {
    return Map.of(
        "name", one.function().name(),
        "path", one.path(),
        "line", one.function().line(),
        "lines", one.function().lines());
  }

  private static Map<String, Object> mark(Mark mark) {
    return Map.of(
        "kind", mark.kind(), "path", mark.path(), "line", mark.line(), "text", mark.text());
  }

  private static Map<String, Object> manifest(Manifest manifest) {
    return Map.of(
        "path", manifest.path(),
        "tool", manifest.tool(),
        "readable", manifest.readable(),
        "dependencies",
            manifest.dependencies().stream()
                .map(one ->
                    Map.of("name", one.name(), "version", one.version(), "scope", one.scope()))
                .toList());
  }
}
