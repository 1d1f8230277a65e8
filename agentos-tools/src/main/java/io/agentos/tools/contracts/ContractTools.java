package io.agentos.tools.contracts;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.TextTool;
import java.util.List;

/** The tools that read contracts. */
public final class ContractTools {
  private ContractTools() {}

  /** {@code contracts.check_clauses} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new TextTool(roots, ClauseCheck.spec(), new ClauseCheck()));
  }
}
