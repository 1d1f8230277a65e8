package io.agentos.tools.changes;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import java.time.Duration;

/** The tool {@code code.diff_risk}: weighs a change of a repository, or a patch. */
final class DiffRiskTool implements Tool {
  private static final ToolSpec SPEC =
      WorkspaceTool.readOnly(
          "code.diff_risk",
          "Weighs a change before it is merged: a score from 0 to 100 with its reasons, the files to"
              + " review first, and lines that must not go in. Give either a folder with a git"
              + " repository, with two commits or none for the uncommitted change; or a patch.",
          InputSchema.empty()
              .text(
                  InputSchema.FOLDER,
                  "The folder that holds .git, exactly as the user named it",
                  4_096)
              .text("from", "The older side: a branch, tag or hash; HEAD when left out", 200)
              .text("to", "The newer side; the files as they are now when left out", 200)
              .text(
                  PatchRisk.PATCH_ARGUMENT,
                  "A unified diff, or a file that ends in .patch or .diff",
                  PatchRisk.PATCH.bytesMax()),
          Duration.ofMinutes(3));

  private final Tool range;
  private final Tool patch;

  DiffRiskTool(FileRoots roots) {
    range = new WorkspaceTool(roots, SPEC, new RangeRisk());
    patch = new TextTool(roots, SPEC, new PatchRisk());
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    boolean ofFolder = arguments.optionalText(InputSchema.FOLDER).isPresent();
    boolean ofPatch = arguments.optionalText(PatchRisk.PATCH_ARGUMENT).isPresent();
    if (ofFolder == ofPatch) {
      return ToolResult.failure("Give exactly one of folder and patch.");
    }
    return (ofPatch ? patch : range).call(arguments, context);
  }
}
