package io.agentos.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.Egress.HttpAnswer;
import io.agentos.spi.Egress.HttpCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EgressGuardTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Listener listener =
      new Listener(Listener.says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nok"));

  @AfterEach
  void tearDown() throws IOException {
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "0.0.0.0",
        "0",
        "[::]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "%6cocalhost",
        "user@127.0.0.1",
        "otter.example@127.0.0.1",
        "\u2460\u2461\u2466.0.0.1"
      })
  void call_inside_isRefusedWithoutAConnection(String host) {
    EgressGuard guard = guard(List.of(), EgressGuardTest::machine);

    for (String scheme : List.of("http", "https")) {
      String url = "%s://%s:%d/".formatted(scheme, host, listener.port());
      assertThatThrownBy(() -> guard.call(get(url)))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_REFUSED));
      assertThatThrownBy(() -> guard.check(url)).hasMessageContaining("refused");
    }
    assertThat(listener.connections).hasValue(0);
  }

  @Test
  void call_nameThatChangesBetweenLookups_goesToTheCheckedAddress() {
    Queue<List<InetAddress>> answers = new ArrayDeque<>();
    answers.add(addresses("127.0.0.1"));
    answers.add(addresses("198.51.100.1"));
    EgressGuard guard = guard(rules("http://otter.example"), name -> answers.remove());

    assertThat(guard.call(get("http://otter.example:%d/".formatted(listener.port()))).body())
        .isEqualTo("ok");
    assertThat(answers).hasSize(1);
  }

  @Test
  void call_nameThatBecomesInside_isRefusedAtThatCall() {
    Queue<List<InetAddress>> answers = new ArrayDeque<>();
    answers.add(addresses("1.1.1.1"));
    answers.add(addresses("127.0.0.1"));
    EgressGuard guard = guard(List.of(), name -> answers.remove());
    String url = "https://otter.example:%d/".formatted(listener.port());

    guard.check(url);

    assertThatThrownBy(() -> guard.call(get(url)))
        .hasMessage(
            "Connections to otter.example, port %d, are refused: it leads to a loopback address. The"
                    .formatted(listener.port())
                + " operator can list it in egress.allow.");
    assertThat(listener.connections).hasValue(0);
  }

  @Test
  void call_oneOfManyAddressesInside_isRefused() {
    EgressGuard guard = guard(List.of(), name -> addresses("1.1.1.1", "10.0.0.1"));

    assertThatThrownBy(() -> guard.call(get("https://otter.example/")))
        .hasMessageContaining("it leads to a private address");
  }

  @Test
  void call_redirectInside_isAnAnswerAndNotFollowed() throws IOException {
    try (Listener inside = new Listener(Listener.says("HTTP/1.1 200 OK\r\n\r\nsecret"));
        Listener redirecting =
            new Listener(
                Listener.says(
                    "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(inside.url())))) {
      EgressGuard guard = local();

      HttpAnswer answer = guard.call(get(redirecting.url()));

      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.headers()).containsEntry("location", List.of(inside.url()));
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void call_listed_sendsWhatWasGiven() {
    HttpAnswer answer =
        local()
            .call(
                new HttpCall("POST", listener.url(), Map.of("X-Otter", "1"), "{\u00e4}", LONG, 9));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.headers()).containsEntry("x-a", List.of("b"));
    assertThat(listener.received)
        .containsExactly(
            "POST /hook HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nAccept-Encoding: identity\r\n"
                    .formatted(listener.port())
                + "User-Agent: AgentOS\r\nX-Otter: 1\r\nContent-Length: 4\r\n\r\n{\u00e4}");
  }

  @Test
  void call_plainHttpOutside_isRefused() {
    EgressGuard guard = guard(rules("127.0.0.1"), name -> addresses("1.1.1.1"));

    assertThatThrownBy(() -> guard.call(get("http://otter.example/")))
        .hasMessage(
            "Connections to otter.example, port 80, are refused: plain http is not spoken there; use"
                + " https. The operator can list it in egress.allow.");
    assertThatThrownBy(() -> guard.call(get(listener.url()))).hasMessageContaining("loopback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "a b", "a:"})
  void call_headerThatIsNotForCallers_isRefused(String name) {
    assertThatThrownBy(
            () -> local().call(new HttpCall("GET", listener.url(), Map.of(name, "x"), "", LONG, 9)))
        .hasMessage("The call is refused: a header is malformed, or not for callers to set.");
    assertThatThrownBy(() ->
            local()
                .call(new HttpCall("GET", listener.url(), Map.of("A", "x\r\nB: y"), "", LONG, 9)))
        .hasMessage("The call is refused: a header is malformed, or not for callers to set.");
    assertThat(listener.connections).hasValue(0);
  }

  @Test
  void call_slowDrip_endsAtTheDeadline() throws IOException {
    CountDownLatch cut = new CountDownLatch(1);
    try (Listener slow =
        new Listener(socket -> {
          try {
            while (cut.getCount() > 0) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 200 OK\r\nX: y".getBytes(StandardCharsets.UTF_8));
              if (socket.getInputStream().read() < 0) {
                return;
              }
            }
          } finally {
            cut.countDown();
          }
        })) {
      HttpCall call = new HttpCall("GET", slow.url(), Map.of(), "", Duration.ofMillis(300), 9);

      assertThatThrownBy(() -> local().call(call))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE))
          .hasMessage("No answer came from 127.0.0.1:%d: it took too long.".formatted(slow.port()));
    }
  }

  @Test
  void addresses_lookupThatHangs_endsInTime() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    BoundedLookup lookup =
        new BoundedLookup(name -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        });

    assertThatThrownBy(() -> lookup.addresses("otter.example", Duration.ofMillis(20)))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("the lookup took longer than PT0.02S");
    never.countDown();
  }

  @Test
  void addresses_unknownName_isUnavailable() {
    EgressGuard guard =
        guard(
            List.of(),
            name -> {
              throw new UnknownHostException(name);
            });

    assertThatThrownBy(() -> guard.addresses("otter.example", 443))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE))
        .hasMessage("The host otter.example has no address: the name has no address.");
  }

  @Test
  void addresses_listedRange_areGiven() {
    EgressGuard guard = guard(rules("10.0.0.0/8:5432"), name -> addresses("10.1.2.3"));

    assertThat(guard.addresses("db.example", 5432)).isEqualTo(addresses("10.1.2.3"));
    assertThatThrownBy(() -> guard.addresses("db.example", 5433))
        .hasMessageContaining("it leads to a private address");
  }

  static EgressGuard local() {
    return guard(rules("http://127.0.0.1"), EgressGuardTest::machine);
  }

  static EgressGuard guard(List<EgressRule> rules, NameLookup lookup) {
    try {
      return new EgressGuard(rules, lookup, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<EgressRule> rules(String text) {
    return List.of(EgressRule.parse(text).orElseThrow());
  }

  static HttpCall get(String url) {
    return new HttpCall("GET", url, Map.of(), "", LONG, 1_000);
  }

  private static List<InetAddress> machine(String name) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(name));
  }

  private static List<InetAddress> addresses(String... texts) {
    return List.of(texts).stream().map(InetAddress::ofLiteral).toList();
  }
}
