package io.agentos.tools.product;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.product.backlog.BacklogScore;
import io.agentos.tools.product.prd.PrdCheck;
import io.agentos.tools.report.TextTool;
import io.agentos.tools.report.TextTool.Argument;
import java.util.List;

/** The tools about backlogs and product requirements. */
public final class ProductTools {
  private ProductTools() {}

  /** All of them, for files below these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(backlog(roots), prd(roots));
  }

  private static Tool backlog(FileRoots roots) {
    return new TextTool(
        roots,
        "product.score_backlog",
        "Ranks the items of a CSV table by RICE (reach, impact, confidence, effort), with how far each"
            + " rank hangs on its effort, what fits into a capacity, and which figures are missing,"
            + " wrong or say nothing.",
        List.of(
            Argument.file(
                "backlog",
                true,
                "A table with the columns item, reach, impact, confidence, effort; or the path of a"
                    + " .csv file"),
            Argument.number(
                "capacity", "How much effort can be spent, in the table's unit", 1, 1_000_000)),
        (texts, arguments) ->
            BacklogScore.run(
                texts.text(
                    arguments, "backlog", "a table of items", List.of(".csv", ".tsv", ".txt")),
                arguments.number("capacity", 0)));
  }

  private static Tool prd(FileRoots roots) {
    return new TextTool(
        roots,
        "product.check_prd",
        "Checks a product requirements document in Markdown: missing parts, vague words, requirements"
            + " that cannot be measured, double or unknown numbers, metrics without target or date,"
            + " questions without owner, placeholders. Each finding with its line.",
        List.of(
            Argument.file("document", true, "The document in Markdown, or the path of a .md file")),
        (texts, arguments) ->
            PrdCheck.run(
                texts.text(
                    arguments,
                    "document",
                    "the requirements in Markdown",
                    List.of(".md", ".markdown", ".txt"))));
  }
}
