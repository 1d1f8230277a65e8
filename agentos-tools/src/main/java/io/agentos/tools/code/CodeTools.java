package io.agentos.tools.code;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.WorkspaceTool;
import java.util.List;

/** The tools that look over source code. */
public final class CodeTools {
  private CodeTools() {}

  /** {@code code.scout} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new WorkspaceTool(roots, CodeScout.spec(), new CodeScout()));
  }
}
