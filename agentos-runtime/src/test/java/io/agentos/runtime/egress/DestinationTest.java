package io.agentos.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "https://otter.example, https, otter.example, 443, /, otter.example",
    "HTTPS://Otter.Example/a, https, otter.example, 443, /a, otter.example",
    "https://otter.example:8443/a?b=c%20d, https, otter.example, 8443, /a?b=c%20d, otter.example:8443",
    "http://otter.example:80/, http, otter.example, 80, /, otter.example",
    "https://otter.example./, https, otter.example, 443, /, otter.example",
    "https://xn--bcher-kva.example/, https, xn--bcher-kva.example, 443, /, xn--bcher-kva.example",
    "https://192.0.2.7/, https, 192.0.2.7, 443, /, 192.0.2.7",
    "https://[2001:db8::7]:9/, https, 2001:db8::7, 9, /, [2001:db8::7]:9",
  })
  void of_readsTheParts(
      String url, String scheme, String host, int port, String target, String authority) {
    Destination destination = Destination.of(url);

    assertThat(destination).isEqualTo(new Destination(scheme, host, port, target));
    assertThat(destination.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "otter.example",
        "//otter.example/",
        "ftp://otter.example/",
        "file:///etc/hosts",
        "https:otter.example",
        "https:///a",
        "https://",
        "https://user@otter.example/",
        "https://otter.example@127.0.0.1/",
        "https://127.0.0.1#@otter.example/",
        "https://otter.example\\@127.0.0.1/",
        "https://otter.example\\.evil/",
        "https://otter.example/a#b",
        "https://otter.example/a b",
        "https://otter.example/a\r\nX: y",
        "https://otter.example/\u00e4",
        "https://\u00f6tter.example/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://otter%2eexample/",
        "https://otter..example/",
        "https://.otter.example/",
        "https://otter.example../",
        "https://-otter.example/",
        "https://otter.example:/",
        "https://otter.example:0/",
        "https://otter.example:65536/",
        "https://otter.example:-1/",
        "https://otter.example:0x50/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://256.0.0.1/",
        "https://1.2.3.4.5/",
        "https://127.0.0.1.2/",
        "https://otter.0x7f/",
        "https://[127.0.0.1]/",
        "https://[::1%25lo]/",
        "https://[::1%lo]/",
        "https://[::g]/",
        "https://::1/",
        "https://[::1/",
      })
  void of_whatReadersReadDifferently_isRefused(String url) {
    assertThatThrownBy(() -> Destination.of(url))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_REFUSED))
        .hasMessageStartingWith("The URL is refused: ");
  }

  @Test
  void of_veryLong_isRefused() {
    assertThatThrownBy(() -> Destination.of("https://otter.example/" + "a".repeat(2_048)))
        .hasMessage("The URL is refused: a URL may have at most 2048 characters.");
  }
}
