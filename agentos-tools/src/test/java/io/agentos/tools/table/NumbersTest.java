package io.agentos.tools.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | 12",
        "-12.50 | -12.50",
        "+3 | 3",
        ".5 | .5",
        "1,234 | 1234",
        "1,234.56 | 1234.56",
        "1.234,56 | 1234.56",
        "1.234.567 | 1234567",
        "1,5 | 1.5",
        "1234,56 | 1234.56",
        "1 234,56 | 1234.56",
        "1'234.50 | 1234.50",
        "(12.00) | -12.00",
        "12.00- | -12.00",
        "€ 12.00 | 12.00",
        "12,00 EUR | 12.00",
        "$1,200 | 1200",
        "80 % | 80",
        "−5 | -5",
        "0 | 0"
      })
  void number_asPeopleType(String text, String number) {
    assertThat(Numbers.read(text)).contains(new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "1-2",
        "1.2.3",
        "12,34,5",
        "--1",
        "1e5",
        "NaN",
        "1..2",
        "()",
        "1,23,456.7.8",
        "11111111111111111111111111111111111111111"
      })
  void noNumber_isEmpty(String text) {
    assertThat(Numbers.read(text)).isEmpty();
  }
}
