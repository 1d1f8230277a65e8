package io.agentos.tools.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClauseCheckTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "legal");

  /** Mutual and short, with all that an agreement should have. */
  private static final String FAIR =
      """
      MUTUAL NON-DISCLOSURE AGREEMENT

      Between Alpha Ltd. (the "Supplier") and Beta GmbH (the "Customer").

      1. Purpose. The parties to this agreement want to talk about a kiosk.

      2. Secrets. Each party shall keep confidential what it learns from the other for five (5) years.

      3. Term. The term of this agreement is two (2) years from the effective date. Either party may
      terminate it with thirty (30) days' notice. Section 2 holds beyond that.

      4. Law. It is governed by the laws of Austria; the courts of Vienna have jurisdiction.

      5. Rest. It is the entire agreement and is amended in writing signed by both. Neither party may
      assign it without consent. If a part is held invalid, the rest stays. Notices under this
      agreement must be sent by mail.
      """;

  private static ToolResult check(String contract) {
    return Call.tool(
        ContractTools.tools(FileRoots.of(List.of(EXAMPLES))),
        "contracts.check_clauses",
        "contract",
        contract);
  }

  @Test
  void example_everyClause_namedAndNothingElse() {
    ToolResult result = check("kiosk-services.txt");

    assertThat(Found.in(result))
        .containsExactly(
            "high assignment-one-sided line 16",
            "high changes-alone line 19",
            "high changes-alone line 26",
            "high confidentiality-one-sided line 43",
            "high indemnity-one-sided line 50",
            "high indemnity-wide line 50",
            "high left-open line 30",
            "high liability-one-sided line 47",
            "high number-differs line 30",
            "high rights-for-ever line 38",
            "high rights-waived line 47",
            "high termination-one-sided line 34",
            "medium interest-high line 23",
            "medium missing-data-protection the whole text",
            "medium no-warranty line 54",
            "medium notice-early line 30",
            "medium paid-late line 23",
            "medium reference-to-nothing line 23",
            "medium renews-by-itself line 30",
            "medium sole-discretion line 19",
            "medium term-defined-twice line 60",
            "low missing-assignment the whole text",
            "low missing-changes-in-writing the whole text",
            "low missing-force-majeure the whole text",
            "low missing-notices the whole text",
            "low missing-severability the whole text",
            "low term-not-used line 12");
    assertThat(result.fields())
        .containsEntry("kind", "services")
        .containsEntry("parties", List.of("Supplier", "Customer"));
    assertThat(Found.page(result))
        .contains("| `Supplier` | 1 | 4 | | `Customer` | 4 | 0 |")
        .contains("12 of 18 topics of the checklist are there.");
  }

  @Test
  void fair_hasNothingToSay() {
    ToolResult result = check(FAIR);

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.fields()).containsEntry("kind", "nda");
  }

  @Test
  void returnsAndBlanks_changeNothing() {
    assertThat(Found.in(check("\uFEFF" + FAIR.replace("\n", "\r\n")))).isEmpty();
  }

  @Test
  void numbers_inWordsAndFigures_areCompared() {
    assertThat(Found.in(check(FAIR.replace("thirty (30)", "sixty-five (56)"))))
        .containsExactly("high number-differs line 9");
    assertThat(Found.in(check(FAIR.replace("thirty (30)", "in any event forty five (45)"))))
        .isEmpty();
  }

  @Test
  void references_toClausesAndLaws_areToldApart() {
    assertThat(Found.in(check(FAIR.replace("Section 2 holds", "Section 7 holds"))))
        .containsExactly("medium reference-to-nothing line 9");
    assertThat(Found.in(check(FAIR.replace("Section 2 holds", "Article 28 of the GDPR holds"))))
        .isEmpty();
  }

  @Test
  void oneSided_onlyWhenTheOtherHasItNot() {
    String one = FAIR.replace("Either party may\nterminate", "The Supplier may\nterminate");
    String both =
        one.replace("Section 2 holds", "The Customer may terminate it too. Section 2 holds");

    assertThat(Found.in(check(one))).containsExactly("high termination-one-sided line 9");
    assertThat(Found.in(check(both))).isEmpty();
  }

  @Test
  void kind_isChecked() {
    ToolResult result =
        Call.tool(
            ContractTools.tools(FileRoots.of(List.of(EXAMPLES))),
            "contracts.check_clauses",
            "contract",
            FAIR,
            "kind",
            "lease");

    Found.assertFailure(result, "Found the kind 'lease'; allowed: nda, services, saas, other.");
  }

  @Test
  void noContract_saysWhatWasWanted() {
    Found.assertFailure(
        check("Hello there."),
        "Found 2 words where a contract was wanted. Give its whole text; from a PDF or Word file,"
            + " save it as plain text first.");
  }

  @Test
  void hostileText_staysBounded() {
    String text =
        FAIR
            + "may change ".repeat(40_000)
            + "\n\n"
            + "\"Term One\" \"Term Two\" ".repeat(5_000)
            + "\n\n1.1.1.1 x\n".repeat(10_000);

    assertThat(check(text).text().length()).isLessThan(ToolResult.TEXT_LENGTH_MAX);
  }
}
