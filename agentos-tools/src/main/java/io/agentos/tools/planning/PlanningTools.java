package io.agentos.tools.planning;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.TextTool;
import java.util.List;

/** The tools that calculate with plans. */
public final class PlanningTools {
  private PlanningTools() {}

  /** {@code planning.critical_path} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new TextTool(roots, CriticalPath.spec(), new CriticalPath()));
  }
}
