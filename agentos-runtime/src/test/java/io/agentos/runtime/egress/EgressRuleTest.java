package io.agentos.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EgressRuleTest {
  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, 127.0.0.1, 5432, true",
    "localhost:5432, localhost, 127.0.0.1, 5432, true",
    "localhost:5432, localhost, 127.0.0.1, 5433, false",
    "localhost, other, 127.0.0.1, 5432, false",
    "10.0.0.0/8, any.example, 10.9.8.7, 443, true",
    "10.0.0.0/8:443, any.example, 10.9.8.7, 443, true",
    "10.0.0.0/8:443, any.example, 10.9.8.7, 444, false",
    "10.0.0.0/8, any.example, 11.0.0.1, 443, false",
    "10.0.0.0/8, any.example, fd00::1, 443, false",
    "127.0.0.1:8080, any.example, 127.0.0.1, 8080, true",
    "fd00::/8, any.example, fd12::1, 443, true",
    "[fd00::/8]:443, any.example, fd12::1, 444, false",
    "[::1]:443, any.example, ::1, 443, true",
    "http://mail.local:8025, mail.local, 10.0.0.5, 8025, true",
  })
  void covers(String rule, String host, String address, int port, boolean covered) {
    assertThat(
            EgressRule.parse(rule).orElseThrow().covers(host, InetAddress.ofLiteral(address), port))
        .isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "https://a.example",
        "a.example/",
        "10.0.0.0/33",
        "10.0.0.0/",
        "127.1",
        "a.example:0",
        "a.example:65536",
        "[fd00::/129]:1",
        "a b",
        "http://"
      })
  void parse_whatIsNoRule_isEmpty(String text) {
    assertThat(EgressRule.parse(text)).isEmpty();
  }
}
