package io.agentos.tools.git;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.WorkspaceTool;
import java.util.List;

/** The tools that read the history of a folder. */
public final class GitTools {
  private GitTools() {}

  /**
   * {@code git.log}, {@code git.diff}, {@code git.show} and {@code git.blame} over these roots.
   * Without git on the machine they answer that there is none.
   */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(
        new WorkspaceTool(roots, GitLog.spec(), new GitLog()),
        new WorkspaceTool(roots, GitDiff.spec(), new GitDiff()),
        new WorkspaceTool(roots, GitShow.spec(), new GitShow()),
        new WorkspaceTool(roots, GitBlame.spec(), new GitBlame()));
  }
}
