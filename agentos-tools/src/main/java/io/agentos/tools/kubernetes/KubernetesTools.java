package io.agentos.tools.kubernetes;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import java.util.List;

/** The tools that look at Kubernetes manifests. */
public final class KubernetesTools {
  private KubernetesTools() {}

  /** {@code kubernetes.lint} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(new LintTool(roots));
  }
}
