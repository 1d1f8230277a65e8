package io.agentos.tools.qa.flaky;

import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Walk;
import io.agentos.tools.files.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** Reads all reports of a folder and sorts them into runs. Owned by one thread. */
final class RunReader {
  private static final int ENTRIES_MAX = 50_000;
  private static final int FILE_BYTES_MAX = 8 * 1024 * 1024;
  private static final long RESULTS_MAX = 1_000_000;
  private static final Duration TIME_MAX = Duration.ofSeconds(90);

  private final Map<String, Run> runs = new TreeMap<>();
  private final List<String> unreadable = new ArrayList<>();
  private int reports;
  private int others;
  private long results;
  private boolean cut;

  private RunReader() {}

  /**
   * What was read.
   *
   * @param runs in the order of their names
   * @param unreadable reports that are broken, each with the reason
   * @param others files that are no reports
   * @param cut whether there was more than is read
   */
  record Read(List<Run> runs, int reports, List<String> unreadable, int others, boolean cut) {}

  static Read of(Workspace workspace) throws IOException {
    RunReader reader = new RunReader();
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            Path.of(""),
            new Walk.Bounds(ENTRIES_MAX, Walk.Bounds.DEPTH_MAX, TIME_MAX),
            entry -> {
              if (entry.kind() == Walk.Kind.FILE) {
                reader.file(entry);
              }
              return reader.results < RESULTS_MAX;
            });
    boolean cut = reader.cut || outcome.cut().isPresent() || reader.results >= RESULTS_MAX;
    return new Read(
        reader.runs.values().stream().sorted(Run.ORDER).toList(),
        reader.reports,
        reader.unreadable,
        reader.others,
        cut);
  }

  private void file(Walk.Entry entry) throws IOException {
    if (!entry.path().toLowerCase(Locale.ROOT).endsWith(".xml")) {
      others++;
      return;
    }
    byte[] bytes = entry.read(FILE_BYTES_MAX + 1);
    if (bytes.length > FILE_BYTES_MAX) {
      unreadable.add(Printable.name(entry.path()) + " is larger than 8 MiB");
      return;
    }
    try {
      Optional<JunitReader.Report> report = JunitReader.read(bytes);
      if (report.isEmpty()) {
        others++;
        return;
      }
      reports++;
      results += report.get().results().size();
      runs.computeIfAbsent(runName(entry.path()), Run::new).add(report.get());
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      unreadable.add(
          "%s is not XML in line %d".formatted(Printable.name(entry.path()), Math.max(1, line)));
    }
  }

  /** The first folder of a path, or the file where it stands in none. */
  private static String runName(String path) {
    int slash = path.indexOf('/');
    return Printable.name(
        slash < 0 ? path.substring(0, path.length() - ".xml".length()) : path.substring(0, slash));
  }
}
