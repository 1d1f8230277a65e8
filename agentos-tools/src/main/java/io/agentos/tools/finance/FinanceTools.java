package io.agentos.tools.finance;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.finance.reconcile.Reconciliation;
import io.agentos.tools.report.TextTool;
import io.agentos.tools.report.TextTool.Argument;
import java.util.List;

/** The tools about money in tables. */
public final class FinanceTools {
  private static final int DAYS = 3;
  private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".txt");

  private FinanceTools() {}

  /** All of them, for files below these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(reconcile(roots));
  }

  private static Tool reconcile(FileRoots roots) {
    return new TextTool(
        roots,
        "finance.reconcile",
        "Matches the entries of a ledger with those of a bank or payment statement, both as CSV, to the"
            + " cent: by reference, amount and date. Reports what differs, is missing, stands twice or"
            + " is under way, and proves the difference of the totals.",
        List.of(
            Argument.file(
                "ledger",
                true,
                "Your own entries: a table with the columns date, amount (or debit and credit) and"
                    + " perhaps reference, currency, description; or the path of a .csv file"),
            Argument.file(
                "statement",
                true,
                "The other side's entries, in a table of the same kind; or the path of a .csv file"),
            Argument.number("days", "How many days apart dates may be; 3 when left out", 0, 60),
            Argument.choice(
                "date_format",
                "Whether days (dmy) or months (mdy) come first, where the dates do not tell",
                List.of("dmy", "mdy"))),
        (texts, arguments) ->
            Reconciliation.run(
                texts.text(arguments, "ledger", "a table of entries", ENDINGS),
                texts.text(arguments, "statement", "a table of entries", ENDINGS),
                (int) arguments.number("days", DAYS),
                arguments.optionalText("date_format").orElse("")));
  }
}
