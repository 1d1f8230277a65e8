package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a request for a task may not say, word for word; nothing of it is stored. */
final class TaskRequestTest {
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
  void nothing_wasStored() {
    assertThat(api.client().get("/v1/tasks").json().path("data").isEmpty()).isTrue();
  }

  @Test
  void fields_mustBeKnown() {
    assertInvalid(
        "{\"input\":\"x\",\"prioritty\":1}",
        "prioritty is unknown; known: input, pack, agent, type, priority, deadline, limits, labels, parent, subject; nearest: 'priority'");
    assertInvalid(
        "{\"input\":\"x\",\"limits\":{\"turn_max\":1}}",
        "limits.turn_max is unknown; known: turns_max, tool_calls_max, cost_usd_micros_max, output_tokens_max, time_max, approval_wait_max; nearest: 'turns_max'");
  }

  @Test
  void fields_mustFit() {
    assertInvalid("{}", "input is required");
    assertInvalid("{\"input\":null}", "input is required");
    assertInvalid("{\"input\":[]}", "input must be a string or an object");
    assertInvalid("{\"input\":\"x\",\"pack\":1}", "pack must be a string");
    assertInvalid(
        "{\"input\":\"x\",\"type\":\"a\\u0000\"}", "type must not hold the character U+0000");
    assertInvalid("{\"input\":\"x\",\"limits\":[]}", "limits must be an object");
    assertInvalid("{\"input\":\"x\",\"labels\":\"a\"}", "labels must be an object");
    assertInvalid("{\"input\":\"x\",\"parent\":\"\"}", "parent must be the id of a task");
    assertInvalid(
        "{\"input\":\"x\",\"deadline\":\"tomorrow\"}",
        "deadline must be an RFC 3339 time of the years 1970 to 9999, such as 2026-11-01T12:00:00Z");
    assertInvalid(
        "{\"input\":\"x\",\"deadline\":\"2020-01-01T00:00:00Z\"}",
        "deadline must lie in the future");
  }

  @Test
  void numbers_mustBeWholeAndInRange() {
    for (String number :
        new String[] {"10", "-1", "1.5", "\"5\"", "1e300", "-1e-300", "true", "[]"}) {
      assertInvalid(
          "{\"input\":\"x\",\"priority\":%s}".formatted(number),
          "priority must be a whole number from 0 to 9");
    }
    assertInvalid(
        "{\"input\":\"x\",\"limits\":{\"cost_usd_micros_max\":1000000000001}}",
        "limits.cost_usd_micros_max must be a whole number from 0 to 1000000000000");
    assertInvalid(
        "{\"input\":\"x\",\"limits\":{\"time_max\":\"P8D\",\"approval_wait_max\":\"PT0.5S\"}}",
        "limits.time_max must be an ISO 8601 duration from PT1S to PT168H, such as PT5M;"
            + " limits.approval_wait_max must be an ISO 8601 duration from PT1S to PT720H, such as PT5M");
  }

  @Test
  void numbers_beyondMeasureCostNothing() {
    assertInvalid(
        "{\"input\":\"x\",\"priority\":1e1000000000}",
        "priority is a number beyond 1e±400; send it as a text;"
            + " priority must be a whole number from 0 to 9");
    assertInvalid(
        "{\"input\":{\"n\":[1,{\"m\":-1e-1000000000}]}}",
        "input.n[1].m is a number beyond 1e±400; send it as a text");
  }

  @Test
  void labels_mustFit() {
    assertInvalid(
        "{\"input\":\"x\",\"labels\":{\"A\":\"1\"}}",
        "labels.A must be named by 1 to 63 of a-z, 0-9, '_', '.', '-' and '/'");
    assertInvalid(
        "{\"input\":\"x\",\"labels\":{\"a\":1}}",
        "labels.a must be a string of at most 255 characters, none of them U+0000");
    assertInvalid(
        "{\"input\":\"x\",\"labels\":{\"a\":\"\\u0000\"}}",
        "labels.a must be a string of at most 255 characters, none of them U+0000");
    StringBuilder labels = new StringBuilder("\"a0\":\"\"");
    for (int i = 1; i < 33; i++) {
      labels.append(",\"a").append(i).append("\":\"\"");
    }
    assertInvalid(
        "{\"input\":\"x\",\"labels\":{%s}}".formatted(labels), "labels must be at most 32");
  }

  @Test
  void texts_mustBeUnicode() {
    assertInvalid(
        "{\"input\":{\"a\":[\"\\ud800\"]}}",
        "input.a[0] holds half of a surrogate pair, which UTF-8 cannot write");
  }

  @Test
  void allProblems_areToldAtOnce() {
    Reply reply =
        api.client()
            .post(
                "/v1/tasks",
                "{\"priority\":11,\"deadline\":5,\"limits\":{\"turns_max\":0},\"x\":1}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.paths())
        .containsExactly("x", "input", "priority", "deadline", "limits.turns_max");
  }

  @Test
  void problems_areBounded() {
    StringBuilder body = new StringBuilder("{\"input\":\"x\"");
    for (int i = 0; i < 5_000; i++) {
      body.append(",\"f").append(i).append("\":1");
    }
    Reply reply = api.client().post("/v1/tasks", body.append('}').toString());

    assertThat(reply.paths()).hasSize(20);
    assertThat(reply.text("detail")).endsWith("; and 4980 more.");
  }

  @Test
  void targets_mustBeThere() {
    assertUnknown("{\"pack\":\"mai\"}", "pack is unknown; known: mail, text; nearest: 'mail'");
    assertUnknown(
        "{\"agent\":\"sortr\"}",
        "agent is unknown; known: sorter, reviewer, writer; nearest: 'sorter'");
    assertUnknown(
        "{\"pack\":\"text\",\"agent\":\"sorter\"}", "agent is unknown; known: writer, reviewer");
    assertUnknown("{\"agent\":\"text.sorter\"}", "agent is unknown; known: writer, reviewer");
    assertUnknown(
        "{\"pack\":\"mail\",\"agent\":\"text.writer\"}",
        "agent names another pack than 'pack' does");
    assertUnknown(
        "{\"agent\":\"reviewer\"}", "agent is in the packs mail, text; say which by 'pack'");
    assertUnknown(
        "{\"type\":\"sorted\"}", "type is unknown; known: sort, review, write; nearest: 'sort'");
    assertUnknown("{\"pack\":\"text\",\"type\":\"sort\"}", "type is unknown; known: write, review");
    assertUnknown(
        "{\"agent\":\"mail.sorter\",\"type\":\"review\"}", "type is unknown; known: sort");
  }

  @Test
  void input_mustFitTheAgentThatIsNamed() {
    Reply reply =
        api.client()
            .post(
                "/v1/tasks",
                "{\"input\":{\"foldr\":\"x\",\"folder\":1},\"agent\":\"mail.sorter\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("INVALID_INPUT");
    assertThat(reply.paths()).containsExactly("input.foldr", "input.folder");
    assertThat(reply.text("detail"))
        .isEqualTo(
            "The input does not fit agent mail.sorter: input.foldr unknown input; allowed: folder,"
                + " text; nearest: 'folder'; input.folder must be a string, and is a number.");
  }

  @Test
  void body_mustBeAnObject() {
    for (String body : new String[] {"null", "[]", "\"x\"", "1", "true"}) {
      Reply reply = api.client().post("/v1/tasks", body);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text("detail"))
          .isEqualTo("The request is not valid: body must be an object.");
    }
  }

  private static void assertInvalid(String body, String problems) {
    Reply reply = api.client().post("/v1/tasks", body);
    assertThat(reply.status()).as(body).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("INVALID_REQUEST");
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: %s.".formatted(problems));
  }

  private static void assertUnknown(String target, String problem) {
    Reply reply = api.client().post("/v1/tasks", target.replace("{", "{\"input\":\"x\","));
    assertThat(reply.status()).as(target).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("UNKNOWN_AGENT");
    assertThat(reply.paths()).hasSize(1);
    assertThat(reply.text("detail")).isEqualTo("Nobody can do this task: %s.".formatted(problem));
  }
}
