package io.agentos.tools.qa;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.qa.flaky.FlakyFinder;
import java.time.Duration;
import java.util.List;

/** The tools about tests and their results. */
public final class QaTools {
  private QaTools() {}

  /** All of them, for folders below these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(
        new WorkspaceTool(
            roots,
            WorkspaceTool.readOnly(
                "qa.find_flaky",
                "Reads the JUnit XML reports of many test runs, one folder (or one report) for each run,"
                    + " and tells which tests fail by chance, which are broken and since when, which"
                    + " runs failed as a whole, and what the failures point to.",
                InputSchema.ofFolder(),
                Duration.ofMinutes(3)),
            (workspace, arguments) -> FlakyFinder.run(workspace)));
  }
}
