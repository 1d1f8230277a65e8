package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies made to hurt: each gets its answer, none hurts. */
final class HostileBodyTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @AfterEach
  void server_isAlive() {
    assertThat(api.client().post("/v1/tasks", "{\"input\":\"alive\"}").status()).isEqualTo(202);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
            "",
            " ",
            "{",
            "}",
            "{\"input\":\"x\"",
            "{\"input\":\"x\"}}",
            "{\"input\":\"x\"} {}",
            "{\"input\":\"x\"}x",
            "{\"input\":\"x\",}",
            "{\"input\":\"x\" \"pack\":1}",
            "{input:\"x\"}",
            "{'input':'x'}",
            "{\"input\":\"x\"/**/}",
            "// c\n{\"input\":\"x\"}",
            "{\"input\":\"a\",\"input\":\"b\"}",
            "{\"input\":{\"a\":{\"b\":1,\"b\":2}}}",
            "{\"input\":\"x\",\"priority\":NaN}",
            "{\"input\":\"x\",\"priority\":Infinity}",
            "{\"input\":\"x\",\"priority\":-Infinity}",
            "{\"input\":\"x\",\"priority\":+1}",
            "{\"input\":\"x\",\"priority\":01}",
            "{\"input\":\"x\",\"priority\":.5}",
            "{\"input\":\"x\",\"priority\":5.}",
            "{\"input\":\"x\",\"priority\":0x5}",
            "{\"input\":\"x\",\"priority\":1e}",
            "{\"input\":\"a\tb\"}",
            "{\"input\":\"a\nb\"}",
            "{\"input\":\"\\x41\"}",
            "{\"input\":\"\\u12\"}",
            "{\"input\":\"\\\"}",
            "{\"input\":tru}",
            "{\"input\":nul}",
            "\ufeff{\"input\":\"x\"}",
            "a: &a [x]\nb: *a",
            "<input>x</input>",
            "input=x",
            "{\"input\":\"x\",\"n\":" + "9".repeat(100_000) + "}",
            "[".repeat(200_000),
            "{\"input\":" + "[".repeat(100) + "]".repeat(100) + "}",
            "{\"a\":".repeat(100_000))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource
  void malformed(String body) {
    Reply reply = api.client().post("/v1/tasks", body);

    if (body.isEmpty()) {
      // java.net.http sends a body of no bytes as no body at all.
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("detail")).isEqualTo("The body is empty; a JSON object is needed.");
      return;
    }
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("MALFORMED_JSON");
  }

  @Test
  void malformed_tellsWhereAndNotWhat() {
    Reply reply = api.client().post("/v1/tasks", "{\"input\":\n  \"secret\", oops}");

    assertThat(reply.text("detail"))
        .isEqualTo(
            "The body is not one well-formed JSON value without duplicate keys at line 2, column 13.");
    assertThat(api.client().post("/v1/tasks", "[".repeat(65)).text("detail"))
        .isEqualTo("The body is nested deeper than 64 levels.");
  }

  @Test
  void bytes_mustBeUtf8() {
    for (byte[] body :
        List.of(
            bytes("{\"input\":\"", 0xC3, 0x28, "\"}"),
            bytes("{\"input\":\"", 0xFF, "\"}"),
            bytes("{\"input\":\"", 0xC0, 0xAF, "\"}"),
            bytes("{\"input\":\"", 0xED, 0xA0, 0x80, "\"}"),
            bytes("{\"input\":\"", 0xF8, 0x88, 0x80, 0x80, 0x80, "\"}"),
            "{\"input\":\"x\"}".getBytes(StandardCharsets.UTF_16))) {
      Reply reply = api.client().send("POST", "/v1/tasks", BodyPublishers.ofByteArray(body));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("detail")).isEqualTo("The body is not UTF-8.");
    }
    byte[] wide = "{\"input\":\"x\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(api.client().send("POST", "/v1/tasks", BodyPublishers.ofByteArray(wide)).status())
        .isEqualTo(400);
  }

  @Test
  void texts_comeBackByteForByte() {
    for (String text :
        List.of(
            "",
            "\u0000a\u0000",
            "\u0001\u001f\u007f\u0080\u009f",
            "\u2028\u2029\ufeff\ufffe\uffff",
            "😀 e\u0301 \u202e rtl \u200b",
            "' or 1=1; drop table task; --",
            "\\u0000 %00 ${jndi:ldap://x} <script>alert(1)</script>",
            "\r\n\t\"\\/",
            "x".repeat(100_000))) {
      String body = Json.write(Map.of("input", text));
      Reply made = api.client().post("/v1/tasks", body);
      assertThat(made.status()).isEqualTo(202);
      assertThat(api.client().get("/v1/tasks/" + made.text("id")).text("input")).isEqualTo(text);
      String fields =
          Json.write(
              Map.of("input", Map.of("k" + text.substring(0, Math.min(9, text.length())), text)));
      Reply inFields = api.client().post("/v1/tasks", fields);
      assertThat(api.client().get("/v1/tasks/" + inFields.text("id")).json().path("input"))
          .isEqualTo(Json.mapperForTrees().readTree(fields).path("input"));
    }
  }

  @Test
  void numbers_comeBackAsTheyAre() {
    String input =
        "{\"a\":0,\"b\":-1,\"c\":9007199254740993,\"d\":123456789012345678901234567890,\"e\":0.1,\"f\":1E+300,\"g\":[true,null,{}]}";
    Reply made = api.client().post("/v1/tasks", "{\"input\":" + input + "}");
    assertThat(made.json().path("input").toString()).isEqualTo(input);
    assertThat(api.client().get("/v1/tasks/" + made.text("id")).json().path("input").toString())
        .isEqualTo(input);
  }

  @Test
  void prototypeAndCollidingKeys_areJustNames() {
    Reply proto =
        api.client().post("/v1/tasks", "{\"__proto__\":{\"admin\":true},\"input\":\"x\"}");
    assertThat(proto.paths()).containsExactly("__proto__");

    StringBuilder body = new StringBuilder("{\"input\":{\"x\":1");
    for (int i = 0; i < 1 << 14; i++) {
      body.append(",\"");
      for (int bit = 0; bit < 14; bit++) {
        body.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      body.append("\":1");
    }
    long begun = System.nanoTime();
    assertThat(api.client().post("/v1/tasks", body.append("}}").toString()).status())
        .isEqualTo(202);
    assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
  }

  @Test
  void size_isBoundedInBytesAndInTokens() {
    String most = "{\"input\":\"" + "x".repeat(BodyReader.BYTES_MAX - 12) + "\"}";
    assertThat(most).hasSize(BodyReader.BYTES_MAX);
    Reply made = api.client().post("/v1/tasks", most);
    assertThat(made.status()).isEqualTo(202);
    assertThat(api.client().get("/v1/tasks/" + made.text("id")).text("input"))
        .hasSize(BodyReader.BYTES_MAX - 12);

    Reply larger = api.client().post("/v1/tasks", most + " ");
    assertThat(larger.status()).isEqualTo(413);
    assertThat(larger.text("detail")).isEqualTo("The body is larger than 8,388,608 bytes.");

    Reply many =
        api.client().post("/v1/tasks", "{\"input\":{\"a\":[" + "1,".repeat(250_000) + "1]}}");
    assertThat(many.status()).isEqualTo(413);
    assertThat(many.text("detail"))
        .isEqualTo("The body has more than 250,000 JSON tokens; send less at once.");
  }

  @Test
  void list_ofLargeTasksStopsEarlyAndGoesOn() {
    ApiClient client = api.as(TestApi.OTHER, io.agentos.runtime.identity.Role.ADMIN);
    String body = "{\"input\":\"" + "x".repeat(2_500_000) + "\"}";
    for (int i = 0; i < 5; i++) {
      assertThat(client.post("/v1/tasks", body).status()).isEqualTo(202);
    }
    int tasks = 0;
    int pages = 0;
    String cursor = "";
    do {
      Reply page = client.get("/v1/tasks?limit=50" + cursor);
      assertThat(page.body().length()).isLessThan(8_000_000);
      tasks += page.json().path("data").size();
      pages++;
      cursor =
          page.json().path("next_cursor").isNull() ? "" : "&cursor=" + page.text("next_cursor");
    } while (!cursor.isEmpty());
    assertThat(tasks).isEqualTo(5);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void mediaType_mustBeJsonInUtf8() {
    for (String type :
        List.of(
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1",
            "application/jsonx",
            "*/*",
            "application/yaml")) {
      Reply reply = api.client().with("Content-Type", type).post("/v1/tasks", "{\"input\":\"x\"}");
      assertThat(reply.status()).as(type).isEqualTo(415);
      assertThat(reply.text("detail"))
          .isEqualTo("The body must be of Content-Type application/json, in UTF-8.");
    }
    for (String type :
        List.of(
            "application/json; charset=UTF-8",
            "Application/JSON;charset=\"utf-8\"",
            "application/json;v=1")) {
      assertThat(
              api.client()
                  .with("Content-Type", type)
                  .post("/v1/tasks", "{\"input\":\"x\"}")
                  .status())
          .as(type)
          .isEqualTo(202);
    }
  }

  @Test
  void compressedBody_isRefusedUnread() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
    }
    for (String encoding : List.of("gzip", "deflate", "br", "zstd", "x", "gzip, identity")) {
      Reply reply =
          api.client()
              .with("Content-Encoding", encoding)
              .send("POST", "/v1/tasks", BodyPublishers.ofByteArray(bomb.toByteArray()));
      assertThat(reply.status()).as(encoding).isEqualTo(415);
      assertThat(reply.text("detail")).isEqualTo("The body must come without a Content-Encoding.");
    }
    assertThat(
            api.client()
                .with("Content-Encoding", "identity")
                .post("/v1/tasks", "{\"input\":\"x\"}")
                .status())
        .isEqualTo(202);
  }

  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer number) {
        bytes.write(number);
      } else {
        bytes.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
