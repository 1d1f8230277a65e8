package io.agentos.tools.logs;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.TextTool;
import java.util.List;

/** The tools that look at logs. */
public final class LogTools {
  private LogTools() {}

  /** {@code logs.triage} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new TextTool(roots, LogTriage.spec(), new LogTriage()));
  }
}
