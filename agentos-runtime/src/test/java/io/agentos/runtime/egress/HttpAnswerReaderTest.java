package io.agentos.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.spi.Egress.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAnswerReaderTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 4|otter, otte, false",
    "Content-Length: 0|otter, '', false",
    "Transfer-Encoding: chunked|3;x=y~ott~2~er~0~T: u~~, otter, false",
    "A: b|otter, otter, false",
    "Content-Length: 6|otters, otter, true",
    "A: b|otters, otter, true",
    "Transfer-Encoding: chunked|6~otters~0~~, otter, true",
    "Transfer-Encoding: chunked|5~otter~1~s~0~~, otter, true",
  })
  void read_body(String text, String body, boolean cut) throws IOException {
    HttpAnswer answer = read(OK + text.replace("~", "\r\n").replace("|", "\r\n\r\n"), "GET", 5);

    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.cut()).isEqualTo(cut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=ISO-8859-1 | gr\u00FC\u00DF",
        "text/html;charset=\"windows-1252\" | gr\u00FC\u00DF",
        "text/html; charset=x-nobody-knows | gr\uFFFD\uFFFD",
        "text/html; charset=../etc/passwd | gr\uFFFD\uFFFD",
        "text/html | gr\uFFFD\uFFFD",
      })
  void read_charset_isTheOneThatIsNamed(String type, String body) throws IOException {
    String answer = OK + "Content-Type: " + type + "\r\n\r\ngr\u00FC\u00DF";

    assertThat(
            new HttpAnswerReader(
                    new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)))
                .read("GET", 100)
                .body())
        .isEqualTo(body);
  }

  @Test
  void read_byteOrderMark_winsAndIsTakenOff() throws IOException {
    String answer = OK + "Content-Type: text/csv; charset=iso-8859-1\r\n\r\n\uFEFFgr\u00FC\u00DF";

    assertThat(read(answer, "GET", 100).body()).isEqualTo("gr\u00FC\u00DF");
  }

  @Test
  void read_interimAnswers_areSkipped() throws IOException {
    assertThat(
            read("HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\nC: d\r\n\r\n", "POST", 9)
                .status())
        .isEqualTo(204);
  }

  @Test
  void read_head_hasNoBody() throws IOException {
    assertThat(read(OK + "Content-Length: 4\r\n\r\n", "HEAD", 9).body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n"
      })
  void read_whatIsNoAnswer_isRefused(String text) {
    assertThatThrownBy(() -> read(text, "GET", 9))
        .isInstanceOf(HttpAnswerReader.MalformedException.class);
  }

  @Test
  void read_endlessHead_isRefused() {
    assertThatThrownBy(() -> read(OK + "A: b\r\n".repeat(1_000), "GET", 9))
        .hasMessage("it sent a malformed head");
    assertThatThrownBy(() -> read(OK + "a".repeat(100_000), "GET", 9))
        .hasMessage("it sent a line that is too long");
  }

  private static HttpAnswer read(String text, String method, int bytesMax) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new HttpAnswerReader(new ByteArrayInputStream(bytes)).read(method, bytesMax);
  }
}
