package io.agentos.tools.code;

import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Walk;
import io.agentos.tools.files.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One look at every source file of a workspace. Owned by one thread. */
final class Survey {
  /** From how many lines on a function is told of. */
  static final int LONG_FUNCTION_LINES = 50;

  private static final int ENTRIES_MAX = 100_000;
  private static final int FILE_BYTES_MAX = 1024 * 1024;
  private static final int FUNCTIONS_PER_FILE_MAX = 20;
  private static final int MARKS_MAX = 2_000;
  private static final int MANIFESTS_MAX = 200;
  private static final int PLACES_MAX = 20;
  private static final Duration TIME_MAX = Duration.ofSeconds(60);
  private static final Pattern MAIN =
      Pattern.compile(
          "\\b(?:void|int|fun|fn|func|def|Task)\\s+[mM]ain\\(|^if __name__ ==", Pattern.MULTILINE);
  private static final Pattern DOCUMENT =
      Pattern.compile("(?:docs/)?(?:readme|contributing|architecture|agents)(?:\\.\\w+)?");

  /**
   * What was found.
   *
   * @param marks the first {@value #MARKS_MAX} of them
   * @param entryPoints files in which a program begins
   * @param documents what to read first
   * @param otherFiles files of no known language
   */
  record Found(
      List<SourceFile> files,
      List<Mark> marks,
      List<Manifest> manifests,
      List<String> entryPoints,
      List<String> documents,
      int otherFiles,
      Walk.Outcome outcome) {}

  private final List<SourceFile> files = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<String> entryPoints = new ArrayList<>();
  private final List<String> documents = new ArrayList<>();
  private int otherFiles;

  private Survey() {}

  static Found of(Workspace workspace) throws IOException {
    Survey survey = new Survey();
    Walk.Bounds bounds = new Walk.Bounds(ENTRIES_MAX, Walk.Bounds.DEPTH_MAX, TIME_MAX);
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            Path.of(""),
            bounds,
            entry -> {
              if (entry.kind() == Walk.Kind.FILE) {
                survey.look(entry);
              }
              return true;
            });
    return new Found(
        survey.files,
        survey.marks,
        survey.manifests,
        survey.entryPoints,
        survey.documents,
        survey.otherFiles,
        outcome);
  }

  private void look(Walk.Entry entry) throws IOException {
    String path = entry.path();
    if (DOCUMENT.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
      add(documents, Printable.name(path));
    }
    Optional<Language> language = Language.of(path);
    boolean manifest = Manifests.isOne(path) && manifests.size() < MANIFESTS_MAX;
    if (language.isEmpty() && !manifest) {
      otherFiles++;
      return;
    }
    byte[] bytes = entry.read(FILE_BYTES_MAX);
    if (isBinary(bytes)) {
      otherFiles++;
      return;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    text = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    if (manifest) {
      Manifests.read(path, text).ifPresent(manifests::add);
    }
    if (language.isPresent()) {
      files.add(file(entry, language.get(), text));
    } else {
      otherFiles++;
    }
  }

  private SourceFile file(Walk.Entry entry, Language language, String text) {
    String path = Printable.name(entry.path());
    SourceFile.Role role = Roles.of(entry.path(), language, text);
    Masker.Masked masked = Masker.mask(text, language.syntax());
    boolean judged = role != SourceFile.Role.GENERATED;
    List<Mark> found = judged ? Mark.in(path, masked.comments()) : List.of();
    marks.addAll(found.subList(0, Math.min(found.size(), MARKS_MAX - marks.size())));
    List<Function> functions =
        judged ? longFunctions(Functions.in(masked.code(), language)) : List.of();
    if (role == SourceFile.Role.SOURCE && isEntryPoint(masked.code())) {
      add(entryPoints, path);
    }
    return new SourceFile(
        path, language, role, entry.bytes(), Lines.of(text), functions, found.size());
  }

  private static List<Function> longFunctions(List<Function> functions) {
    return functions.stream()
        .filter(function -> function.lines() >= LONG_FUNCTION_LINES)
        .sorted(Comparator.comparingInt(Function::lines).reversed())
        .limit(FUNCTIONS_PER_FILE_MAX)
        .toList();
  }

  private static boolean isEntryPoint(String code) {
    boolean possible =
        code.contains(" main(") || code.contains(" Main(") || code.contains("__name__");
    return possible && MAIN.matcher(code).find();
  }

  private static void add(List<String> places, String place) {
    if (places.size() < PLACES_MAX) {
      places.add(place);
    }
  }

  private static boolean isBinary(byte[] bytes) {
    for (byte one : bytes) {
      if (one == 0) {
        return true;
      }
    }
    return false;
  }
}
