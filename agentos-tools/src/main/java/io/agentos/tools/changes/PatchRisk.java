package io.agentos.tools.changes;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.TextTool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Weighs a patch without its repository. */
final class PatchRisk implements TextTool.Work {
  static final String PATCH_ARGUMENT = "patch";

  static final GivenText.Kind PATCH =
      new GivenText.Kind("the patch", List.of(".patch", ".diff"), 8 * 1024 * 1024);

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    GivenText given = texts.read(arguments.text(PATCH_ARGUMENT), PATCH);
    Patch patch = Patch.of(given.text());
    if (patch.files().isEmpty()) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "Found no change in the patch. Wanted a unified diff, as git diff or diff -u writes it.");
    }
    return RiskReport.of(
        "Risk of a patch" + (given.name().isEmpty() ? "" : ": " + given.name()),
        patch,
        Optional.empty(),
        "A patch alone has no history: what its files went through before is not in the score.");
  }
}
