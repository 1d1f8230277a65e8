package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.testkit.FakeClock;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock stands at Mon, 02 Nov 2026 12:00:00 GMT. */
final class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | PT7S",
        " 7 | PT7S",
        "1.5 | PT1.5S",
        "3600 | PT1H",
        "99999999999999999999 | PT1H",
        "Mon, 02 Nov 2026 12:00:30 GMT | PT30S",
        "Tue, 03 Nov 2026 12:00:00 GMT | PT1H"
      })
  void read_secondsOrDate_isTheWaitUpToAnHour(String value, Duration wait) {
    assertThat(read(Map.of("Retry-After", value))).contains(wait);
  }

  @Test
  void read_milliseconds_goFirst() {
    assertThat(read(Map.of("retry-after-ms", "250", "retry-after", "9")))
        .contains(Duration.ofMillis(250));
  }

  @Test
  void read_badMilliseconds_leavesTheSeconds() {
    assertThat(read(Map.of("retry-after-ms", "soon", "retry-after", "9")))
        .contains(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "Mon, 02 Nov 2026 11:00:00 GMT",
        "-1",
        "soon",
        "1e9",
        "",
        "0x10",
        "999999999999999999999999999"
      })
  void read_notAWait_isEmpty(String value) {
    assertThat(read(Map.of("Retry-After", value))).isEmpty();
  }

  @Test
  void read_noHeader_isEmpty() {
    assertThat(read(Map.of())).isEmpty();
  }

  private static Optional<Duration> read(Map<String, String> headers) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return RetryAfter.read(HttpHeaders.of(lists, (_, _) -> true), FakeClock.START);
  }
}
