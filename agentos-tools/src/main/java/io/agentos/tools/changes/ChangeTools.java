package io.agentos.tools.changes;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import java.util.List;

/** The tools that weigh changes. */
public final class ChangeTools {
  private ChangeTools() {}

  /** {@code code.diff_risk} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new DiffRiskTool(roots));
  }
}
