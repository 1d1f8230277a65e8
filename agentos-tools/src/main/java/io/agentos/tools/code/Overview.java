package io.agentos.tools.code;

import io.agentos.tools.code.SourceFile.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a scout has to tell about a folder, in the order in which it is told.
 *
 * @param name the folder's own name
 * @param noHistory why there is no history; empty when there is one
 */
record Overview(
    String name,
    Survey.Found found,
    Optional<History> history,
    String noHistory,
    List<Attention.Place> places,
    List<SourceFile> hotSpots) {
  private static final int HOT_SPOTS_MAX = 10;
  private static final int FILES_MAX = 10;
  private static final int FUNCTIONS_MAX = 15;
  private static final int PER_NAME_MAX = 3;

  /** How much of one language there is; generated files do not count. */
  record LanguageTotal(Language language, int files, long lines) {}

  /** A long function and its file. */
  record LongFunction(String path, Function function) {}

  static Overview of(String name, Survey.Found found, Optional<History> history, String noHistory) {
    Attention attention = new Attention(found.files(), history);
    return new Overview(
        name, found, history, noHistory, attention.places(), attention.hotSpots(HOT_SPOTS_MAX));
  }

  /** The languages, code before the rest, the largest first. */
  List<LanguageTotal> languages() {
    Map<Language, LanguageTotal> totals = new LinkedHashMap<>();
    for (SourceFile file : found.files()) {
      if (file.role() != Role.GENERATED) {
        totals.merge(
            file.language(),
            new LanguageTotal(file.language(), 1, file.lines()),
            (one, more) ->
                new LanguageTotal(
                    one.language(), one.files() + more.files(), one.lines() + more.lines()));
      }
    }
    List<LanguageTotal> sorted = new ArrayList<>(totals.values());
    sorted.sort(
        Comparator.comparing((LanguageTotal total) -> !total.language().isCode())
            .thenComparing(LanguageTotal::lines, Comparator.reverseOrder())
            .thenComparing(total -> total.language().name()));
    return sorted;
  }

  /** The files of own code with the most lines. */
  List<SourceFile> biggestFiles() {
    return found.files().stream()
        .filter(SourceFile::isOwnCode)
        .sorted(
            Comparator.comparingInt(SourceFile::lines).reversed().thenComparing(SourceFile::path))
        .limit(FILES_MAX)
        .toList();
  }

  /** The longest functions of own code; of those with one name, which may be many, a few. */
  List<LongFunction> longFunctions() {
    Map<String, Integer> perName = new HashMap<>();
    return found.files().stream()
        .filter(SourceFile::isOwnCode)
        .flatMap(file ->
            file.functions().stream().map(function -> new LongFunction(file.path(), function)))
        .sorted(
            Comparator.comparingInt((LongFunction one) -> one.function().lines())
                .reversed()
                .thenComparing(LongFunction::path))
        .filter(one -> perName.merge(one.function().name(), 1, Integer::sum) <= PER_NAME_MAX)
        .limit(FUNCTIONS_MAX)
        .toList();
  }

  long codeLines() {
    return linesOf(Role.SOURCE);
  }

  long testLines() {
    return linesOf(Role.TEST);
  }

  private long linesOf(Role role) {
    return found.files().stream()
        .filter(file -> file.language().isCode() && file.role() == role)
        .mapToLong(SourceFile::lines)
        .sum();
  }

  long files(Role role) {
    return found.files().stream()
        .filter(file -> file.language().isCode() && file.role() == role)
        .count();
  }

  /** How many marks there are of each kind. */
  Map<String, Integer> marksByKind() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    found.marks().forEach(mark -> counts.merge(mark.kind(), 1, Integer::sum));
    return counts;
  }

  int marks() {
    return found.files().stream().mapToInt(SourceFile::marks).sum();
  }
}
