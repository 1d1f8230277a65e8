package io.agentos.tools.dependencies;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.WorkspaceTool;
import java.util.List;

/** The tools that look at what a project depends on. */
public final class DependencyTools {
  private DependencyTools() {}

  /** {@code code.audit_dependencies} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new WorkspaceTool(roots, DependencyAudit.spec(), new DependencyAudit()));
  }
}
