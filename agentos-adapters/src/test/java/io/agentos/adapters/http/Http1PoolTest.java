package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a scripted server: what is sent, what is read, and which connections are used again. */
final class Http1PoolTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private ScriptedSocket server;
  private Http1Pool pool;

  @BeforeEach
  void open() throws IOException {
    server = new ScriptedSocket();
    pool = new Http1Pool("127.0.0.1", server.port(), LONG);
  }

  @AfterEach
  void close() throws IOException {
    pool.close();
    server.close();
  }

  @Test
  void send_call_isOnePost() throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    assertThat(text(send("{\"a\":1}", LONG))).isEqualTo("ok");
    assertThat(server.asked())
        .isEqualTo(
            "POST /v1/chat?a=%%20b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 7\r\nAccept: */*\r\n\r\n{\"a\":1}"
                .formatted(server.port()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 \r\ncontent-length:5\r\n\r\nhello",
        "HTTP/1.1 200 OK\ncontent-length: 5\n\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n03\r\nllo\r\n0\r\nT: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello"
      })
  void next_wholeBody_keepsTheConnection(String answer) throws Exception {
    server.answer(answer);
    assertThat(text(send("{}", LONG))).isEqualTo("hello");
    server.answer("HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(text(send("{}", LONG))).isEmpty();
    assertThat(server.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more than it said"
      })
  void next_connectionOfNoUse_isClosed(String answer) throws Exception {
    server.answer(answer);
    assertThat(text(send("{}", LONG))).isEqualTo("hello");
    assertThat(server.connectionEnded()).isTrue();
  }

  @Test
  void next_untilTheEnd_isTheBody() throws Exception {
    server.answerAndClose("HTTP/1.1 200 OK\r\n\r\nhello");
    assertThat(text(send("{}", LONG))).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"
      })
  void next_cutBody_isSaid(String answer) throws Exception {
    server.answerAndClose(answer);
    Http1Answer cut = send("{}", LONG);
    assertThatThrownBy(() -> text(cut)).isInstanceOf(EOFException.class);
    cut.cancel();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-OpenSSH_9.9~~ | no HTTP/1.1 answer",
        "HTTP/2 200~~ | no HTTP/1.1 answer",
        "HTTP/1.1 99~~ | no HTTP/1.1 answer",
        "HTTP/1.1 101 Switching~~~ | interim answers instead of one",
        "HTTP/1.1 200 OK~no colon~~ | a malformed head",
        "HTTP/1.1 200 OK~A: 1~ folded~~ | a malformed head",
        "HTTP/1.1 200 OK~Content-Length: -1~~ | an impossible length",
        "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~ | an impossible length",
        "HTTP/1.1 200 OK~Transfer-Encoding: gzip~~ | an unknown transfer coding",
      })
  void send_noAnswer_isSaidAndClosed(String answer, String what) throws Exception {
    server.answer(answer.strip().replace("~", "\r\n"));
    assertThatThrownBy(() -> send("{}", LONG)).isInstanceOf(IOException.class).hasMessage(what);
    assertThat(server.connectionEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\n", "-1\r\nx", "\r\n", "fffffffffffffffff\r\n", "1\r\nxy\r\n"})
  void next_malformedChunk_isSaid(String chunk) throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n");
    Http1Answer answer = send("{}", LONG);
    assertThatThrownBy(() -> text(answer))
        .isInstanceOf(IOException.class)
        .message()
        .isIn("a malformed chunk", "a chunk longer than it said");
    answer.cancel();
    assertThat(server.connectionEnded()).isTrue();
  }

  @Test
  void send_endlessHead_isBounded() throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000));
    assertThatThrownBy(() -> send("{}", LONG)).isInstanceOf(EOFException.class);
    server.answer("HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(1_000));
    assertThatThrownBy(() -> send("{}", LONG)).hasMessage("a malformed head");
  }

  @Test
  void cancel_streamReadToItsLastEvent_keepsTheConnection() throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    Http1Answer answer = send("{}", LONG);
    assertThat(string(answer.next(LONG))).isEqualTo("hello");
    answer.cancel();
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(text(send("{}", LONG))).isEmpty();
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void cancel_bodyUnderWay_closesAtOnce() throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
    Http1Answer answer = send("{}", LONG);
    assertThat(string(answer.next(LONG))).isEqualTo("hello");
    answer.cancel();
    answer.cancel();
    assertThat(server.connectionEnded()).isTrue();
  }

  @Test
  void send_connectionClosedWhileIdle_isNotUsed() throws Exception {
    server.answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    assertThat(text(send("{}", LONG))).isEqualTo("ok");
    assertThat(server.connectionEnded()).isTrue();
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    assertThat(text(send("{}", LONG))).isEqualTo("ok");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void send_silence_timesOutAndCloses() throws Exception {
    assertThatThrownBy(() -> send("{}", SHORT)).isInstanceOf(HttpTimeoutException.class);
    assertThat(server.connectionEnded()).isTrue();
  }

  @Test
  void next_silence_timesOut() throws Exception {
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
    Http1Answer answer = send("{}", LONG);
    answer.next(LONG);
    assertThatThrownBy(() -> answer.next(SHORT)).isInstanceOf(HttpTimeoutException.class);
    answer.cancel();
  }

  @Test
  void send_bodyThatIsNotTaken_timesOut() throws Exception {
    server.takeNothing();
    assertThatThrownBy(() -> send("x".repeat(16 * 1024 * 1024), SHORT))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void send_largeBody_comesWhole() throws Exception {
    String body = "0123456789".repeat(300_000);
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    assertThat(text(send(body, LONG))).isEqualTo("ok");
    assertThat(server.asked()).endsWith("\r\n\r\n" + body);
  }

  @Test
  void send_headerOfTwoLines_isTheProgrammersError() throws Exception {
    Outgoing call =
        new Outgoing(
            URI.create("http://127.0.0.1:%d/".formatted(server.port())),
            Map.of("X-A", "1\r\nX-B: 2"),
            new SentBody(ByteBuffer.allocate(0)),
            Deadline.in(LONG));
    assertThatThrownBy(() -> pool.send(call, Deadline.in(LONG)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("header X-A is not of visible ASCII on one line");
    assertThat(call.body().begun()).isFalse();
  }

  @Test
  void send_refusedWhileItGoesOut_readsWhy() throws Exception {
    server.refuse("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
    Http1Answer answer = send("x".repeat(16 * 1024 * 1024), LONG);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(text(answer)).isEqualTo("big");
  }

  @Test
  void send_interrupted_closesTheConnection() throws Exception {
    BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            send("{}", LONG);
          } catch (IOException | InterruptedException e) {
            thrown.add(e);
          }
        });
    server.asked();
    caller.interrupt();
    assertThat(thrown.take()).isInstanceOf(InterruptedException.class);
    assertThat(server.connectionEnded()).isTrue();
  }

  @Test
  void close_callUnderWay_isCut() throws Exception {
    BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Thread.startVirtualThread(() -> {
      try {
        send("{}", LONG);
      } catch (IOException | InterruptedException e) {
        thrown.add(e);
      }
    });
    server.asked();
    pool.close();
    assertThat(thrown.take()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> send("{}", LONG)).hasMessage("closed");
  }

  private Http1Answer send(String body, Duration atMost) throws IOException, InterruptedException {
    Map<String, String> headers = new TreeMap<>(Map.of("Accept", "*/*"));
    URI uri = URI.create("http://127.0.0.1:%d/v1/chat?a=%%20b".formatted(server.port()));
    SentBody sent = new SentBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    return pool.send(new Outgoing(uri, headers, sent, Deadline.in(atMost)), Deadline.in(LONG));
  }

  private static String text(Http1Answer answer) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (List<ByteBuffer> part = answer.next(LONG); !part.isEmpty(); part = answer.next(LONG)) {
      text.append(string(part));
    }
    return text.toString();
  }

  private static String string(List<ByteBuffer> part) {
    StringBuilder text = new StringBuilder();
    part.forEach(buffer -> text.append(StandardCharsets.ISO_8859_1.decode(buffer)));
    return text.toString();
  }
}
