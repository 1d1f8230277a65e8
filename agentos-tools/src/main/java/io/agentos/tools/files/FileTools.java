package io.agentos.tools.files;

import io.agentos.spi.Tool;
import java.util.List;

/** The tools that list, read and search files. */
public final class FileTools {
  private FileTools() {}

  /** {@code files.list}, {@code files.read} and {@code files.search} over these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(
        new WorkspaceTool(roots, FileList.spec(), new FileList()),
        new WorkspaceTool(roots, FileRead.spec(), new FileRead()),
        new WorkspaceTool(roots, FileSearch.spec(), new FileSearch()));
  }
}
