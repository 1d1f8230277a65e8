package io.agentos.tools.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CsvReaderTest {

  private static List<CsvReader.Row> rows(String text) {
    CsvReader reader = new CsvReader(text, CsvReader.separatorOf(text));
    List<CsvReader.Row> rows = new ArrayList<>();
    for (Optional<CsvReader.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
      rows.add(row.get());
    }
    return rows;
  }

  @Test
  void next_quotesAndLineEnds_areUnderstood() {
    assertThat(rows("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\r\n\r\nlast,\r\n"))
        .containsExactly(
            new CsvReader.Row(1, List.of("a", "b"), ""),
            new CsvReader.Row(2, List.of("x, \"y\"", "two\nlines"), ""),
            new CsvReader.Row(5, List.of("last", ""), ""));
    assertThat(rows("a\rb\r")).extracting(CsvReader.Row::line).containsExactly(1, 2);
  }

  @Test
  void next_strayQuotes_areKeptAndTold() {
    assertThat(rows("a,5\" screen\n\"b\" c,d\n"))
        .containsExactly(
            new CsvReader.Row(
                1,
                List.of("a", "5\" screen"),
                "a quote inside a cell that does not begin with one"),
            new CsvReader.Row(2, List.of("b c", "d"), "text behind a closing quote"));
  }

  @Test
  void next_openQuote_saysWhereItBegan() {
    assertThatThrownBy(() -> rows("a,b\nc,\"d\ne,f\n"))
        .hasMessage(
            "The quote that opens a cell in line 2 is never closed. Close it, or double it.");
  }

  @Test
  void next_tooManyCells_isRefused() {
    assertThatThrownBy(() -> rows(",".repeat(5_000)))
        .hasMessage("Line 1 has more than 2000 cells. Is it CSV?");
  }

  @Test
  void separatorOf_findsTheOneThatCutsEvenly() {
    assertThat(CsvReader.separatorOf("a;b;c\n1,5;2,5;3\n")).isEqualTo(';');
    assertThat(CsvReader.separatorOf("a\tb\n1\t2\n")).isEqualTo('\t');
    assertThat(CsvReader.separatorOf("\"a;b;c;d\",e\nf,g\n")).isEqualTo(',');
    assertThat(CsvReader.separatorOf("alone\n")).isEqualTo(',');
  }
}
