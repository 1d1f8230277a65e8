package io.agentos.tools.finance;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ReconcileTest {
  private static final String LEDGER = "date,reference,amount\n";

  @Test
  void example_everyPlantedFault_namedAndNothingElse() {
    assertThat(Found.lines(example()))
        .containsExactlyInAnyOrder(
            "high row-unreadable:18 ",
            "high amount-differs:3 INV1002",
            "high amount-differs:4 INV1003",
            "high amount-differs:12 INV1008",
            "high entry-twice:6 INV1004",
            "high missing-in-ledger:12 ",
            "high missing-in-ledger:13 ",
            "low in-transit:16 ",
            "medium missing-in-statement:7 INV1006",
            "medium missing-in-statement:13 INV1009",
            "medium missing-in-statement:14 INV1010",
            "low in-transit:17 INV1013",
            "low split:12 ");
  }

  /** Added up by hand. */
  @Test
  void example_proof_asByHand() {
    assertThat(example().fields())
        .containsEntry(
            "totals",
            List.of(
                Map.of(
                    "currency",
                    "EUR",
                    "ledger_total",
                    "7642.80",
                    "statement_total",
                    "10207.15",
                    "difference",
                    "-2564.35",
                    "other_amounts",
                    "-844.65",
                    "only_in_ledger",
                    "674.00",
                    "only_in_statement",
                    "2393.70",
                    "unexplained",
                    "0.00"),
                Map.of(
                    "currency",
                    "NOK",
                    "ledger_total",
                    "1500.00",
                    "statement_total",
                    "1500.00",
                    "difference",
                    "0.00",
                    "other_amounts",
                    "0.00",
                    "only_in_ledger",
                    "0.00",
                    "only_in_statement",
                    "0.00",
                    "unexplained",
                    "0.00")))
        .containsEntry(
            "matches_by_kind",
            Map.of(
                "reference_and_amount",
                4,
                "reference_and_sum",
                1,
                "amount_and_date",
                1,
                "amount_and_near_date",
                2,
                "reference_only",
                3));
  }

  @Test
  void example_words() {
    List<String> messages = Found.in(example()).stream().map(Found::message).toList();

    assertThat(messages)
        .contains(
            "840.50 EUR in the ledger, 804.50 EUR in `statement:3`: 36.00 less. Two digits have"
                + " changed places.",
            "615.00 EUR in the ledger, 596.55 EUR in `statement:4`: 18.45 less. It looks like a fee or"
                + " a discount that was kept back.",
            "99.90 EUR in the ledger, 999.00 EUR in `statement:11`: 899.10 more. A decimal point has"
                + " moved.",
            "2300.00 EUR of 2026-05-07 stands in line 5 too, and that one is matched.",
            "105.00 EUR is 60.00 (`ledger:13`) + 45.00 (`ledger:14`).",
            "`Amount` is `twelve`.");
    assertThat(example().text())
        .contains(
            """
            | Amount                       |      EUR |     NOK |
            |------------------------------|---------:|--------:|
            | Total of the ledger          |  7642.80 | 1500.00 |
            | Total of the statement       | 10207.15 | 1500.00 |
            | Difference                   | -2564.35 |    0.00 |
            | of it: other amounts         |  -844.65 |    0.00 |
            | of it: only in the ledger    |   674.00 |    0.00 |
            | of it: only in the statement | -2393.70 |    0.00 |
            | Unexplained                  |     0.00 |    0.00 |
            """);
  }

  @Test
  void sameOnBothSides_matches() {
    ToolResult result = reconcile(LEDGER + "2026-05-01,a,1.00\n", LEDGER + "2026-05-09,A,1\n");

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.text()).contains("**Everything matches**, to the cent.");
  }

  @Test
  void oppositeSigns_areTurned() {
    ToolResult result =
        reconcile(
            LEDGER + "2026-05-01,a,-1\n2026-05-01,b,2\n",
            LEDGER + "2026-05-01,a,1\n2026-05-01,b,(2)\n");

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.text()).contains("The statement has the opposite signs");
  }

  @Test
  void currencies_areNeverMixed() {
    ToolResult result =
        reconcile(
            "date,ref,amount,currency\n2026-05-01,a,5,EUR\n",
            "date,ref,amount,currency\n2026-05-01,a,5,USD\n");

    assertThat(Found.rules(result)).doesNotContain("amount-differs");
    assertThat(result.text()).contains("0 matches");
  }

  @Test
  void daysApart_boundTheMatch() {
    String ledger = "date,amount\n2026-05-01,5\n";
    String statement = "date,amount\n2026-05-05,5\n";

    assertThat(Found.in(reconcile(ledger, statement))).hasSize(2);
    assertThat(Found.in(call("ledger", ledger, "statement", statement, "days", 4))).isEmpty();
  }

  @Test
  void cents_neverGetLost() {
    String many = "2026-05-01,a,0.10\n".repeat(30);
    ToolResult result = reconcile(LEDGER + many, LEDGER + "2026-05-01,a,3.00\n");

    assertThat(Found.in(result)).isEmpty();
  }

  @Test
  void dates_inTwoWays_areAskedFor() {
    String ledger = "date,amount\n03/04/2026,5\n";

    assertFailed(
        reconcile(ledger, ledger),
        "ledger has dates such as `03/04/2026`, which can be read in two ways. Say date_format dmy or"
            + " mdy.");
    assertFailed(
        reconcile("date,amount\n03/14/2026,5\n14/03/2026,5\n", ledger),
        "ledger has dates with the day first and dates with the month first. Write them all as"
            + " 2026-05-31.");
    assertThat(
            Found.in(
                call(
                    "ledger",
                    ledger,
                    "statement",
                    "date,amount\n2026-03-04,5\n",
                    "date_format",
                    "mdy",
                    "days",
                    0)))
        .isEmpty();
    assertThat(Found.in(reconcile("date,amount\n4 March 2026,5\n", "date,amount\n20260304,5\n")))
        .isEmpty();
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailed(
        reconcile("day,amount\n1,1\n", LEDGER),
        "ledger has no column for the date. Wanted one of: date, booking date, posting date,"
            + " transaction date, posted, value date, created, datum. Found: `day`, `amount`.");
    assertFailed(
        reconcile(LEDGER + "2026-05-01,a,1\n", LEDGER),
        "statement has no entry that can be read, in 0 rows.");
    assertFailed(
        reconcile(LEDGER + "2026-05-01,a,x\n", LEDGER + "2026-05-01,a,1\n"),
        "ledger has no entry that can be read, in 1 row.");
    assertFailed(reconcile(" ", LEDGER), "ledger is empty. Give a table of entries.");
  }

  @Test
  void reconcile_twice_sameBytes() {
    assertThat(example()).isEqualTo(example());
  }

  @Test
  void hostileTables_endInTime() {
    String same = "2026-05-01,,1.00\n".repeat(20_000);
    String other = "2026-05-02,,3.00\n".repeat(20_000);

    assertThat(reconcile(LEDGER + same, LEDGER + same).failed()).isFalse();
    assertThat(reconcile(LEDGER + same, LEDGER + other).text().length()).isLessThan(1_000_000);
    assertThat(
            reconcile(LEDGER + "2026-05-01,a,99999999999999999999999999999999\n", LEDGER + same)
                .failed())
        .isFalse();
  }

  private static ToolResult example() {
    return call(
        "ledger",
        Found.example("finance/ledger.csv"),
        "statement",
        Found.example("finance/bank.csv"));
  }

  private static ToolResult reconcile(String ledger, String statement) {
    return call("ledger", ledger, "statement", statement);
  }

  private static ToolResult call(Object... namesAndValues) {
    return Call.tool(
        FinanceTools.tools(FileRoots.of(List.of())), "finance.reconcile", namesAndValues);
  }

  /** Holds the tool to what every tool must keep. */
  @Nested
  final class Contract extends ToolContract {
    @Override
    protected Tool tool() {
      return Call.tool(FinanceTools.tools(FileRoots.of(List.of())), "finance.reconcile");
    }

    @Override
    protected ToolArguments arguments() {
      return new ToolArguments(
          Map.of(
              "ledger", Found.example("finance/ledger.csv"),
              "statement", Found.example("finance/bank.csv")));
    }
  }
}
