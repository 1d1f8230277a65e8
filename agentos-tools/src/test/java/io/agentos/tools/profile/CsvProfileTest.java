package io.agentos.tools.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CsvProfileTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "analytics");

  private static ToolResult profile(String table, String... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "table";
    arguments[1] = table;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(ProfileTools.tools(FileRoots.of(List.of(EXAMPLES))), "csv.profile", arguments);
  }

  @Test
  void example_everyFault_namedAndNothingElse() {
    ToolResult result = profile("tickets.csv");

    assertThat(Found.in(result))
        .containsExactly(
            "high cells-differ tickets.csv:7",
            "high digits-lost column note",
            "high key-repeated column id",
            "high spreadsheet-error column note",
            "high written-differently column price",
            "high wrong-encoding column note",
            "medium far-date column sold_at",
            "medium formula column note",
            "medium impossible-date column sold_at",
            "medium missing-in-words column quantity",
            "medium often-missing column note",
            "medium personal-data column customer",
            "medium quotes-wrong tickets.csv:29",
            "medium row-repeated tickets.csv:9",
            "medium spelled-differently column station",
            "medium types-mixed column quantity",
            "medium types-mixed column sold_at",
            "low always-the-same column product",
            "low blanks-around column station",
            "low empty-column column coupon",
            "low far-out column price");
    assertThat(Found.page(result))
        .contains(
            "30 rows with 9 columns, cut by commas. 54 of 261 cells are empty. 1 row has too many")
        .contains("| `id` | integer | 29 | 28 | 1001 | 1016 | 1030 | 1015.79 |")
        .contains("| `quantity` | integer | 28 | 4 | 1 | 2 | 3 | 2.03704 |")
        .doesNotContain("@mail.example");
  }

  @Test
  void tidyTable_hasNothingToSayAndItsNumbersAreRight() {
    ToolResult result =
        profile(
            "\uFEFFday;amount;ok\r\n2026-01-01;1,5;yes\r\n2026-01-02;2,5;no\r\n2026-01-04;5,0;yes\r\n");

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.fields()).containsEntry("rows", 3).containsEntry("separator", "semicolons");
    assertThat(column(result, 0))
        .containsEntry("type", "date")
        .containsEntry("min", "2026-01-01")
        .containsEntry("median", "2026-01-02")
        .containsEntry("max", "2026-01-04");
    assertThat(column(result, 1))
        .containsEntry("type", "decimal")
        .containsEntry("quartile_1", "2")
        .containsEntry("median", "2.5")
        .containsEntry("quartile_3", "3.75")
        .containsEntry("mean", "3")
        .containsEntry("standard_deviation", "1.80278");
    assertThat(column(result, 2)).containsEntry("type", "boolean").containsEntry("different", 2);
  }

  @Test
  void values_areWhatTheyLookLike() {
    assertThat(Value.of("1,234,567").type()).isEqualTo(Value.Type.INTEGER);
    assertThat(Value.of("1.234.567,89").number()).isEqualTo(1_234_567.89);
    assertThat(Value.of("€ 12.50").number()).isEqualTo(12.5);
    assertThat(Value.of("12 %").number()).isEqualTo(12);
    assertThat(Value.of("-3").number()).isEqualTo(-3);
    assertThat(Value.of("007").type()).isEqualTo(Value.Type.TEXT);
    assertThat(Value.of("31.12.2026").type()).isEqualTo(Value.Type.DATE);
    assertThat(Value.of("31.13.2026").form()).isEqualTo("no date");
    assertThat(Value.of("2026-01-01T10:00:00Z").type()).isEqualTo(Value.Type.DATE);
    assertThat(Value.of("1.2.3").type()).isEqualTo(Value.Type.TEXT);
    assertThat(Value.of("n/a").type()).isEqualTo(Value.Type.MISSING);
    assertThat(Value.of(" ").type()).isEqualTo(Value.Type.EMPTY);
  }

  @Test
  void datesThatMayBeBoth_areToldOf() {
    assertThat(Found.in(profile("d,x\n1/2/2026,a\n3/4/2026,b\n")))
        .containsExactly("medium date-unclear column d");
    assertThat(Found.in(profile("d,x\n1/2/2026,a\n13/4/2026,b\n"))).isEmpty();
    assertThat(Found.in(profile("d,x\n1.2.2026,a\n2026-04-13,b\n")))
        .containsExactly("high written-differently column d");
  }

  @Test
  void names_missingTwiceOrNumbers_areToldOf() {
    assertThat(Found.in(profile("a,,A\n1,2,3\n4,5,6\n")))
        .containsExactly("high name-twice line 1", "medium name-missing line 1");
    assertThat(Found.in(profile("1,2\n3,4\n"))).containsExactly("high first-line-no-names line 1");
    assertThat(Found.in(profile("a,b\n"))).containsExactly("high no-rows line 1");
  }

  @Test
  void leadingZeros_areToldOf() {
    assertThat(Found.in(profile("zip,x\n01067,a\n04103,b\n")))
        .containsExactly("low leading-zeros column zip");
  }

  @Test
  void separator_canBeGiven() {
    assertThat(profile("a b,c;d\n1,2;3\n", "separator", "semicolon").fields())
        .containsEntry("separator", "semicolons");
    Found.assertFailure(
        profile("a,b\n1,2\n", "separator", "x"),
        "The separator should be comma, semicolon, tab or bar, and is 'x'.");
  }

  @Test
  void openQuote_saysWhere() {
    Found.assertFailure(
        profile("a,b\n1,\"2\n3,4\n"),
        "The quote that opens a cell in line 2 is never closed. Close it, or double it.");
  }

  @Test
  void missingFile_saysSo() {
    Found.assertFailure(
        profile("nowhere.csv"),
        "Found no file 'nowhere.csv' where the table was wanted. Look at the name and its folder, or"
            + " give the text itself.");
  }

  @Test
  void hugeTable_staysBounded() {
    StringBuilder table = new StringBuilder("id,text\n");
    for (int i = 0; i < 60_000; i++) {
      table.append(i).append(",word ").append(i).append('\n');
    }

    ToolResult result = profile(table.toString());

    assertThat(Found.in(result)).isEmpty();
    assertThat(Found.page(result))
        .contains("| `id` | integer | 60,000 | more than 20,000 | 0 | 29999.5 | 59999 |");
  }

  private static Map<Object, Object> column(ToolResult result, int number) {
    List<?> columns = (List<?>) result.fields().getOrDefault("columns", List.of());
    return new LinkedHashMap<>((Map<?, ?>) columns.get(number));
  }
}
