package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.Json;
import io.agentos.server.http.RawConnection.Raw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What comes over a socket that no HTTP client would send. */
final class RawHttpTest {
  private static final String LIVE = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String post(String headers) {
    return "POST /v1/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n"
        .formatted(api.key(TestApi.ACME, Role.ADMIN), headers);
  }

  private static void assertProblem(Raw raw, int status, String code) {
    assertThat(raw.status()).as(raw.head()).isEqualTo(status);
    assertThat(raw.head())
        .contains("application/problem+json")
        .containsIgnoringCase("X-Request-Id: ");
    JsonNode body = Json.mapperForTrees().readTree(raw.body());
    ApiDocument.assertFits(ApiDocument.schema("Problem"), body, raw.body());
    assertThat(body.path("code").asString()).isEqualTo(code);
  }

  @Test
  void malformedRequests_getAProblemAndTheConnectionCloses() throws IOException {
    for (String request :
        new String[] {
          "GET\r\n\r\n",
          "GET /livez\r\n\r\n",
          "GET  /livez HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /livez HTTP/2.0\r\nHost: x\r\n\r\n",
          "GET /livez HTTP/1.1\nHost: x\n\n",
          "GET /livez HTTP/1.1\r\nHost x\r\n\r\n",
          "GET /livez HTTP/1.1\r\nHost: x\r\nA\u0000: b\r\n\r\n",
          "GET /livez HTTP/1.1\r\n\r\n",
          "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
          "GET /v1/tasks/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /livez?a=<b> HTTP/1.1\r\nHost: x\r\n\r\n",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
          post("Content-Length: x\r\n"),
          post("Content-Length: -1\r\n"),
          post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
          post("Content-Length: 2\r\nContent-Length: 3\r\n") + "{}",
          post("Transfer-Encoding: gzip\r\n"),
        }) {
      try (RawConnection connection = RawConnection.to(api).send(request)) {
        Raw raw = connection.answer();
        assertThat(raw.head()).as(request).isNotEmpty();
        assertProblem(raw, 400, "MALFORMED_REQUEST");
        assertThat(connection.isClosed()).as(request).isTrue();
      }
    }
    try (RawConnection connection = RawConnection.to(api).send("GET /livez HTTP/1.0\r\n\r\n")) {
      assertProblem(connection.answer(), 505, "MALFORMED_REQUEST");
    }
  }

  @Test
  void firstLineAndHeaders_areBounded() throws IOException {
    try (RawConnection connection =
        RawConnection.to(api).send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertProblem(connection.answer(), 414, "MALFORMED_REQUEST");
    }
    try (RawConnection connection =
        RawConnection.to(api)
            .send("GET /livez HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(20_000) + "\r\n\r\n")) {
      assertProblem(connection.answer(), 400, "MALFORMED_REQUEST");
    }
  }

  @Test
  void requestId_comesBackWhenItIsSane() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send("GET /livez HTTP/1.1\r\nHost: x\r\nX-Request-Id: my-1.2:3\r\n\r\n");
      assertThat(connection.answer().head()).contains("X-Request-Id: my-1.2:3\r\n");
      connection.send("GET /none HTTP/1.1\r\nHost: x\r\nX-Request-Id: a b\r\n\r\n");
      Raw raw = connection.answer();
      assertThat(raw.head()).containsPattern("X-Request-Id: req_[0-9a-z]{26}\r\n");
      assertProblem(raw, 404, "NOT_FOUND");
    }
  }

  @Test
  void head_answersAsGetWithoutBody() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send("HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n");
      byte[] head = new byte[4_096];
      int length = connection.in().read(head);
      String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
      assertThat(text)
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("\r\n\r\n")
          .contains("Content-Length: 18\r\n");
      assertThat(connection.send(LIVE).answer().body()).isEqualTo("{\"status\":\"alive\"}");
    }
  }

  @Test
  void tooLargeByLength_isToldWhileTheSenderStillSends() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Content-Length: 16777216\r\n"));
      byte[] megabyte = new byte[1 << 20];
      Arrays.fill(megabyte, (byte) '0');
      for (int i = 0; i < 16; i++) {
        connection.send(megabyte);
      }
      assertProblem(connection.answer(), 413, "BODY_TOO_LARGE");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void tooLargeInChunks_isToldWhileTheSenderStillSends() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Transfer-Encoding: chunked\r\n"));
      byte[] chunk =
          ("10000\r\n" + "0".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 512; i++) {
        connection.send(chunk);
      }
      connection.send("0\r\n\r\n" + LIVE);
      assertProblem(connection.answer(), 413, "BODY_TOO_LARGE");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void oneHugeChunk_isRefusedBeforeItIsRead() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Transfer-Encoding: chunked\r\n") + "7fffffff\r\n{}");
      assertProblem(connection.answer(), 413, "BODY_TOO_LARGE");
    }
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Transfer-Encoding: chunked\r\n") + "zz\r\n{}\r\n0\r\n\r\n" + LIVE);
      assertProblem(connection.answer(), 400, "MALFORMED_REQUEST");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void endlessChunkSize_isCut() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Transfer-Encoding: chunked\r\n") + "1;");
      byte[] megabyte = new byte[1 << 20];
      Arrays.fill(megabyte, (byte) 'x');
      for (int i = 0; i < 20; i++) {
        connection.send(megabyte);
      }
      assertProblem(connection.answer(), 413, "BODY_TOO_LARGE");
    }
  }

  @Test
  void chunks_makeABody() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Transfer-Encoding: chunked\r\n"));
      connection.send("5\r\n{\"inp\r\n1\r\nu\r\n8\r\nt\":\"x\"} \r\n0\r\n\r\n");
      assertThat(connection.answer().status()).isEqualTo(202);
      assertThat(connection.send(LIVE).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void refusedBody_isNeverTakenForARequest() throws IOException {
    String smuggled = "DELETE /v1/keys/x HTTP/1.1\r\nHost: x\r\n\r\n";
    for (String headers :
        new String[] {"Content-Encoding: gzip\r\n", "Content-Type: text/plain\r\n"}) {
      try (RawConnection connection = RawConnection.to(api)) {
        String request = post(headers + "Content-Length: " + smuggled.length() + "\r\n");
        if (headers.startsWith("Content-Type")) {
          request = request.replace("Content-Type: application/json\r\n", "");
        }
        connection.send(request + smuggled);
        assertProblem(connection.answer(), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertThat(connection.send(LIVE).answer().body()).isEqualTo("{\"status\":\"alive\"}");
      }
    }
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(
          "POST /v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                  .formatted(smuggled.length())
              + smuggled);
      Raw raw = connection.answer();
      assertProblem(raw, 401, "UNAUTHENTICATED");
      assertThat(raw.head()).contains("WWW-Authenticate: Bearer realm=\"agentos\"");
      assertThat(connection.send(LIVE).answer().body()).isEqualTo("{\"status\":\"alive\"}");
    }
  }

  @Test
  void expectation_isMetOrTheBodyIsNotAskedFor() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Expect: 100-continue\r\nContent-Length: 13\r\n"));
      assertThat(connection.answer().status()).isEqualTo(100);
      connection.send("{\"input\":\"x\"}");
      assertThat(connection.answer().status()).isEqualTo(202);
    }
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(post("Expect: 100-continue\r\nContent-Length: 99999999\r\n"));
      assertProblem(connection.answer(), 413, "BODY_TOO_LARGE");
    }
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(
          "POST /v1/tasks HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 13\r\n\r\n");
      assertProblem(connection.answer(), 401, "UNAUTHENTICATED");
      assertThat(connection.send(LIVE).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send(LIVE + "GET /none HTTP/1.1\r\nHost: x\r\n\r\n" + LIVE);
      assertThat(connection.answer().status()).isEqualTo(200);
      assertThat(connection.answer().status()).isEqualTo(404);
      assertThat(connection.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void connectionClose_closes() throws IOException {
    try (RawConnection connection = RawConnection.to(api)) {
      connection.send("GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      long begun = System.nanoTime();
      assertThat(connection.answer().status()).isEqualTo(404);
      assertThat(connection.isClosed()).isTrue();
      assertThat(System.nanoTime() - begun).isLessThan(1_500_000_000L);
    }
  }

  @Test
  void sender_thatLeavesHarmsNobody() throws IOException {
    for (String body : new String[] {"", "{\"input\"", "{\"input\":\"x\""}) {
      try (RawConnection connection = RawConnection.to(api)) {
        connection.send(post("Content-Length: 100\r\n") + body);
      }
    }
    try (RawConnection connection = RawConnection.to(api)) {
      assertThat(connection.send(LIVE).answer().status()).isEqualTo(200);
    }
  }
}
