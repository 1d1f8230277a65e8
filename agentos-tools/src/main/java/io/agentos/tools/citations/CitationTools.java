package io.agentos.tools.citations;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.TextTool;
import java.util.List;

/** The tools that check citations. */
public final class CitationTools {
  private CitationTools() {}

  /** {@code citations.check} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new TextTool(roots, CiteCheck.spec(), new CiteCheck()));
  }
}
