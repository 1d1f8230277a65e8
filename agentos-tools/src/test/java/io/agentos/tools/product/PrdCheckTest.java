package io.agentos.tools.product;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrdCheckTest {

  @Test
  void example_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = check(Found.example("product/prd.md"));

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "medium section-missing:0 Goals",
            "medium section-missing:0 Non-goals",
            "low section-missing:0 Rollout",
            "medium section-empty:33 Risks",
            "low document-owner:1 ",
            "medium vague:16 quickly",
            "medium not-measurable:16 load",
            "high id-twice:17 R-2",
            "low not-single:17 ",
            "medium vague:18 many",
            "medium not-measurable:18 performance",
            "low no-obligation:19 ",
            "medium not-measurable:19 accessible",
            "low id-missing:20 ",
            "medium id-unknown:20 R-9",
            "medium vague:21 etc.",
            "medium placeholder:21 TBD",
            "medium acceptance-missing:0 ",
            "medium metric-open:25 ",
            "low question-unowned:30 ");
    assertThat(result.fields())
        .containsEntry("requirements", 7)
        .containsEntry("requirements_numbered", 6);
  }

  @Test
  void example_words() {
    ToolResult result = check(Found.example("product/prd.md"));

    assertThat(Found.first(result, "metric-open").message())
        .isEqualTo("`More evening bookings` lacks a target, where it stands today and a date.");
    assertThat(Found.first(result, "question-unowned").message())
        .isEqualTo("`Who staffs the town pier?` has neither owner nor date.");
    assertThat(Found.first(result, "id-missing").message())
        .isEqualTo("1 requirement begins without a number, the first of them here.");
    assertThat(Found.words(result))
        .startsWith("# PRD check: Evening boats: booking ")
        .contains("6 of 9 parts are there; 7 requirements, 6 of them with a number.")
        .contains("| Goals | **no** | What shall be better, for people and for you? |");
  }

  @Test
  void goodDocument_hasNoFindings() {
    String document =
        """
        Evening boats
        =============
        Owner: Kari · Status: draft

        ## Background
        People leave.
        ## Goals and non-goals
        More bookings.
        ### Out of scope
        Night boats.
        ## Target users
        Commuters.
        ## Functional requirements

        | Id | Requirement | Priority |
        |----|-------------|----------|
        | R-1 | A visitor must book in three steps | P0 |
        | R-2 | 95 % of searches must answer within 800 ms | P1 |

        ### Acceptance criteria
        - R-1: Given a boat with seats, when I book it, then I must see the ticket.
        ## Success metrics
        - Bookings from 0 today to 600 by June 2026
        ## Risks and assumptions
        Storms.
        ## Open questions
        - Bicycles? (Ola, 3 May)
        ## Rollout
        Pier by pier.
        """;

    assertThat(Found.lines(check(document))).isEmpty();
  }

  @Test
  void codeAndFences_areNotRead() {
    String document =
        "## Requirements\n\n```\n- R-1 easy TBD\n# Problem\n```\n- R-2 It must open (P0)\n";

    assertThat(Found.rules(check(document))).doesNotContain("placeholder", "vague");
    assertThat(check(document).fields()).containsEntry("requirements", 1);
  }

  @Test
  void check_twice_sameBytes() {
    String document = Found.example("product/prd.md");

    assertThat(check(document)).isEqualTo(check(document));
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailed(
        check("Just some words."),
        "document has no headings, so its parts cannot be told apart. Write it in Markdown, with"
            + " lines such as ## Problem.");
    assertFailed(check("\r\n"), "document is empty. Give the requirements in Markdown.");
  }

  @Test
  void hostileDocuments_endInTime() {
    List<String> hostile =
        List.of(
            "# a\n## Requirements\n- " + "given when must and must ".repeat(50_000),
            "# a\n" + "## b\n".repeat(50_000),
            "## Requirements\n" + "- R-1 must be easy\n".repeat(20_000),
            "## a\n" + "|".repeat(200_000),
            "## a\n" + "[your ".repeat(100_000));

    for (String document : hostile) {
      assertThat(check(document).text().length()).isLessThan(1_000_000);
    }
  }

  private static ToolResult check(String document) {
    return Product.call("product.check_prd", "document", document);
  }
}
