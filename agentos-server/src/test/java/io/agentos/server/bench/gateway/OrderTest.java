package io.agentos.server.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class OrderTest {
  @Test
  void parse_line_isTheOrder() {
    Order order =
        new Order(
            Order.Kind.OPEN,
            URI.create("http://127.0.0.1:4711/v1"),
            "http://127.0.0.1:4712/plain/0/256/v1",
            1_000,
            64,
            500,
            3);
    assertThat(Order.parse(order.line())).isEqualTo(order);
    assertThat(order.line())
        .isEqualTo(
            "kind=OPEN to=http://127.0.0.1:4711/v1 via=http://127.0.0.1:4712/plain/0/256/v1"
                + " body=1000 callers=64 amount=500 seconds=3");
  }

  @Test
  void parse_noGateway_isEmpty() {
    Order order = new Order(Order.Kind.EACH, URI.create("http://127.0.0.1:1/v1"), "", 1, 2, 3, 0);
    assertThat(Order.parse(order.line())).isEqualTo(order);
  }

  @Test
  void parse_anythingElse_isRefused() {
    assertThatThrownBy(() -> Order.parse("hello")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_measuredLine_isTheResult() {
    Measured measured = new Measured(16_000, 2, 2.5, 100, 0.125, 3.5);
    assertThat(Measured.parse(measured.line())).isEqualTo(measured);
    assertThat(measured.callsPerSecond()).isEqualTo(6_400);
  }

  @Test
  void parse_noResult_isRefused() {
    assertThatThrownBy(() -> Measured.parse("Exception in thread main"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
