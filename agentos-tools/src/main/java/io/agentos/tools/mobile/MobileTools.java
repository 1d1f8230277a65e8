package io.agentos.tools.mobile;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.TextTool;
import java.util.List;

/** The tools that look at mobile apps. */
public final class MobileTools {
  private MobileTools() {}

  /** {@code mobile.audit_manifest} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new TextTool(roots, ManifestAudit.spec(), new ManifestAudit()));
  }
}
