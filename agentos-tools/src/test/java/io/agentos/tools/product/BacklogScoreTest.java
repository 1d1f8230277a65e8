package io.agentos.tools.product;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BacklogScoreTest {

  /** Scores by hand: 4000 x 2 x 0.8 / 2 = 3200, and so on. */
  @Test
  void example_ranking_asByHand() {
    ToolResult result = score(Found.example("product/backlog.csv"), 8);

    assertThat(ranking(result))
        .containsExactly(
            "1 Evening timetable 3200.0 (1 to 1) true",
            "2 Seats on the map 1200.0 (2 to 4) true",
            "3 Dogs on the ticket 900.0 (2 to 6) true",
            "4 dogs on the ticket 900.0 (2 to 6) true",
            "5 Loyalty card 800.0 (2 to 6) true",
            "6 Offline tickets 675.0 (3 to 6) false",
            "7 New booking engine 312.5 (7 to 7) false",
            "8 Pay by invoice 150.0 (8 to 8) false");
    assertThat(result.fields())
        .containsEntry("scored", 8)
        .containsEntry("not_scored", 4)
        .containsEntry("capacity", 8L)
        .containsEntry("capacity_used", 7.0);
  }

  @Test
  void example_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = score(Found.example("product/backlog.csv"), 8);

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "low confidence-low:6 Offline tickets",
            "high value-wrong:8 Winter coats for the crew",
            "low impact-off-scale:9 Loyalty card",
            "high value-missing:10 Refund by itself",
            "high value-wrong:11 Group discount",
            "medium item-twice:12 dogs on the ticket",
            "high value-wrong:13 Push messages",
            "medium effort-large:7 New booking engine",
            "low rank-fragile:4 Dogs on the ticket",
            "low rank-fragile:12 dogs on the ticket",
            "low rank-fragile:9 Loyalty card");
    assertThat(Found.in(result).stream().map(found -> found.message() + " " + found.fix()))
        .contains(
            "`Impact` is `lots`. Write a number from 0 up, or one of high, low, massive, medium,"
                + " minimal.",
            "The effort is 0, and nothing takes no time. Write the smallest you would plan, such as"
                + " 0.5.");
    assertThat(Found.words(result))
        .contains("| 1 | Evening timetable | 3200.0 | 4000 | 2 | 80 % | 2 | 1 to 1 | yes |");
  }

  @Test
  void wordsAndFractions_areRead() {
    ToolResult result =
        score("name;reach;impact;confidence;person months\nA;10;high;0,5;2\nB;10;massive;1;1\n", 0);

    assertThat(ranking(result)).containsExactly("1 B 30.0 (1 to 1) null", "2 A 5.0 (2 to 2) null");
  }

  @Test
  void flatColumn_isToldOf() {
    String rows = "A,1,1,80,1\nB,2,1,50,2\nC,3,1,100,3\nD,4,1,80,9\n";

    assertThat(Found.lines(score("item,reach,impact,confidence,effort\n" + rows, 0)))
        .containsExactly("low column-flat:0 impact");
  }

  @Test
  void score_twice_sameBytes() {
    String table = Found.example("product/backlog.csv");

    assertThat(score(table, 8)).isEqualTo(score(table, 8));
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailed(
        score("item,reach,impact,effort\nA,1,1,1\n", 0),
        "backlog has no column for confidence. Wanted one of: confidence, certainty. Found: `item`,"
            + " `reach`, `impact`, `effort`.");
    assertFailed(
        score("item,reach,impact,confidence,effort\n", 0),
        "backlog has a row of titles and no item.");
    assertFailed(score("\n", 0), "backlog is empty. Give a table of items.");
    assertFailed(
        score("item,reach,impact,confidence,effort\n\"A,1,1,1,1\n", 0),
        "backlog cannot be read as a table: a quote is opened in line 2 and never closed.");
  }

  @Test
  void hostileTables_endInTime() {
    String many = "A,1,1,1,1\n".repeat(40_000);

    assertThat(score("item,reach,impact,confidence,effort\n" + many, 5).failed()).isFalse();
    assertFailed(
        score("item,reach,impact,confidence,effort\n" + many + many, 0),
        "backlog has more than 50,000 rows. Give a part of it.");
    assertThat(score("item,reach,impact,confidence,effort\n" + ",".repeat(300), 0).failed())
        .isTrue();
  }

  private static ToolResult score(String table, long capacity) {
    return capacity == 0
        ? Product.call("product.score_backlog", "backlog", table)
        : Product.call("product.score_backlog", "backlog", table, "capacity", capacity);
  }

  private static List<String> ranking(ToolResult result) {
    assertThat(result.failed()).as(result.text()).isFalse();
    return ((List<?>) result.fields().getOrDefault("items", List.of()))
        .stream()
            .map(item -> (Map<?, ?>) item)
            .map(item ->
                "%s %s %s (%s to %s) %s"
                    .formatted(
                        item.get("rank"),
                        item.get("item"),
                        item.get("score"),
                        item.get("rank_best"),
                        item.get("rank_worst"),
                        item.get("fits")))
            .toList();
  }
}
