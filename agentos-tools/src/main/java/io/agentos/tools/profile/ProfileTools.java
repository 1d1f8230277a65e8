package io.agentos.tools.profile;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.TextTool;
import java.util.List;

/** The tools that look at tables. */
public final class ProfileTools {
  private ProfileTools() {}

  /** {@code csv.profile} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new TextTool(roots, CsvProfile.spec(), new CsvProfile()));
  }
}
