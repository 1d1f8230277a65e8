package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.vault.DataKeys;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TasksTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void create_answersTheTaskAtOnce() {
    try (TestApi quiet = TestApi.idle()) {
      Reply reply =
          quiet
              .client()
              .post(
                  "/v1/tasks",
                  """
                  {"input": {"text": "await", "folder": "src"}, "pack": "mail", "agent": "sorter", "type": "sort",
                   "priority": 7, "deadline": "2099-01-01T02:00:00+02:00", "labels": {"env": "prod", "a/b": ""},
                   "limits": {"turns_max": 3, "time_max": "PT5M"}}
                  """);

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.header("Location")).contains("/v1/tasks/" + reply.text("id"));
      assertThat(reply.header("Preference-Applied")).isEmpty();
      JsonNode task = reply.json();
      assertThat(task.path("tenant").asString()).isEqualTo("acme");
      assertThat(task.path("state").asString()).isEqualTo("queued");
      assertThat(task.path("pack").asString()).isEqualTo("mail");
      assertThat(task.path("agent").asString()).isEqualTo("mail.sorter");
      assertThat(task.path("type").asString()).isEqualTo("sort");
      assertThat(task.path("priority").asInt()).isEqualTo(7);
      assertThat(task.path("deadline").asString()).isEqualTo("2099-01-01T00:00:00Z");
      assertThat(task.path("input").toString())
          .isEqualTo("{\"text\":\"await\",\"folder\":\"src\"}");
      assertThat(task.path("labels").toString()).isEqualTo("{\"env\":\"prod\",\"a/b\":\"\"}");
      assertThat(task.path("usage").path("cost_usd_micros").asInt()).isZero();
    }
  }

  @Test
  void create_keepsTheCallersLimits() {
    Reply reply =
        api.client()
            .post(
                "/v1/tasks",
                "{\"input\":\"await\",\"limits\":{\"turns_max\":3,\"time_max\":\"PT5M\"}}");

    TaskId task = TaskId.parse(reply.text("id"));
    DataKeys keys = api.services().stateStore().keys();
    String request =
        api.database()
            .inTenant(
                TestApi.ACME,
                tx ->
                    tx.queryOne(
                            "select request from task where task_id = ?",
                            row ->
                                keys.in(tx, TestApi.ACME)
                                    .ofTask(tx, task)
                                    .open("task.request", row.bytes("request")),
                            task.value())
                        .orElseThrow());
    assertThat(request)
        .contains(
            "\"limits\":{\"turns_max\":3,\"tool_calls_max\":100,\"cost_usd_micros_max\":5000000,"
                + "\"output_tokens_max\":8192,\"time_max\":\"PT5M\",\"approval_wait_max\":\"PT24H\"}");
  }

  @Test
  void create_waitsForTheEnd() {
    Reply reply =
        api.client()
            .with("Prefer", "respond-async, wait=30")
            .post("/v1/tasks", "{\"input\":\"go\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Preference-Applied")).contains("wait=30");
    assertThat(reply.text("state")).isEqualTo("completed");
    assertThat(reply.json().at("/output/text").asString()).isEqualTo("did go");
    assertThat(api.client().get("/v1/tasks/" + reply.text("id")).body()).isEqualTo(reply.body());
  }

  @Test
  void create_waitsNoLongerThanAsked() {
    long begun = System.nanoTime();
    Reply reply = api.client().with("Prefer", "wait=1").post("/v1/tasks", "{\"input\":\"await\"}");

    assertThat(System.nanoTime() - begun).isBetween(1_000_000_000L, 10_000_000_000L);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Preference-Applied")).contains("wait=1");
    assertThat(reply.text("state")).isEqualTo("waiting");
    assertThat(reply.text("waiting_for")).isEqualTo("approval");
  }

  @Test
  void create_doesNotKnowHowToWaitForNothing() {
    for (String prefer :
        List.of("wait=0", "wait=-1", "wait=x", "wait", "await=5", "return=minimal")) {
      Reply reply = api.client().with("Prefer", prefer).post("/v1/tasks", "{\"input\":\"go\"}");
      assertThat(reply.status()).as(prefer).isEqualTo(202);
      assertThat(reply.header("Preference-Applied")).as(prefer).isEmpty();
    }
  }

  @Test
  void create_tellsWhyATaskFailed() {
    Reply reply = api.client().with("Prefer", "wait=30").post("/v1/tasks", "{\"input\":\"fail\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("state")).isEqualTo("failed");
    assertThat(reply.json().path("error").toString())
        .isEqualTo("{\"code\":\"TOOL_FAILED\",\"detail\":\"It always fails.\"}");
  }

  @Test
  void parent_mustBeATaskOfTheTenant() {
    String mine = api.client().post("/v1/tasks", "{\"input\":\"go\"}").text("id");
    String foreign =
        api.as(TestApi.OTHER, Role.ADMIN).post("/v1/tasks", "{\"input\":\"go\"}").text("id");

    assertThat(
            api.client()
                .post("/v1/tasks", "{\"input\":\"go\",\"parent\":\"%s\"}".formatted(mine))
                .text("parent"))
        .isEqualTo(mine);
    for (String parent : List.of(foreign, TaskId.next().toString(), "task_x")) {
      Reply reply =
          api.client().post("/v1/tasks", "{\"input\":\"go\",\"parent\":\"%s\"}".formatted(parent));
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.paths()).containsExactly("parent");
      assertThat(reply.text("detail"))
          .isEqualTo("The request is not valid: parent must be the id of a task.");
    }
  }

  @Test
  void list_filters() {
    ApiClient client = api.as(TestApi.OTHER, Role.ADMIN);
    Instant before = Instant.now();
    String one =
        client
            .with("Prefer", "wait=30")
            .post(
                "/v1/tasks",
                "{\"input\":\"go\",\"agent\":\"mail.sorter\",\"type\":\"sort\",\"labels\":{\"env\":\"x y\",\"n\":\"1\"}}")
            .text("id");
    String two =
        client
            .post("/v1/tasks", "{\"input\":\"await\",\"pack\":\"text\",\"labels\":{\"n\":\"1\"}}")
            .text("id");

    assertThat(ids(client, "")).containsSubsequence(two, one);
    assertThat(ids(client, "?state=completed")).contains(one).doesNotContain(two);
    assertThat(ids(client, "?pack=text")).contains(two).doesNotContain(one);
    assertThat(ids(client, "?agent=mail.sorter")).containsExactly(one);
    assertThat(ids(client, "?type=sort")).containsExactly(one);
    assertThat(ids(client, "?label=n%3D1")).containsExactly(two, one);
    assertThat(ids(client, "?label=n=1&label=env=x+y")).containsExactly(one);
    assertThat(ids(client, "?label=n=2")).isEmpty();
    assertThat(ids(client, "?since=" + before.minusSeconds(60))).contains(one, two);
    assertThat(ids(client, "?until=" + before.minusSeconds(60))).isEmpty();
    assertThat(ids(client, "?since=2026-01-01T00:00:00+01:00&limit=1")).containsExactly(two);
  }

  @Test
  void list_refusesWhatItDoesNotKnow() {
    assertProblem(
        "?state=done",
        "state must be one of queued, running, waiting, completed, failed, denied, cancelled");
    assertProblem("?limit=0", "limit must be a whole number from 1 to 200");
    assertProblem("?limit=201", "limit must be a whole number from 1 to 200");
    assertProblem("?limit=1&limit=2", "limit must be given once");
    assertProblem("?cursor=x", "cursor must be the next_cursor of an earlier page of this list");
    assertProblem(
        "?pack=A%00", "pack must be 1 to 63 of a-z, 0-9 and '-', beginning with a letter");
    assertProblem("?agent=sorter", "agent must be PACK.AGENT, such as supabase.rls-auditor");
    assertProblem("?label=a%00=b", "label must be NAME=VALUE, as the task's labels are");
    assertProblem("?label=a", "label must be NAME=VALUE, as the task's labels are");
    assertProblem(
        "?since=%2B1000000000-01-01T00:00:00Z",
        "since must be an RFC 3339 time of the years 1970 to 9999, such as 2026-11-01T12:00:00Z");
    assertProblem(
        "?stat=done",
        "stat is unknown; known: limit, cursor, state, pack, agent, type, label, since, until; nearest: 'state'");
    Reply both = api.client().get("/v1/tasks?limit=x&state=y");
    assertThat(both.paths()).containsExactly("limit", "state");
  }

  private static void assertProblem(String query, String message) {
    Reply reply = api.client().get("/v1/tasks" + query);
    assertThat(reply.status()).as(query).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("INVALID_REQUEST");
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: " + message + ".");
  }

  @Test
  void steps_tellTheStory() {
    String task =
        api.client()
            .with("Prefer", "wait=30")
            .post("/v1/tasks", "{\"input\":\"large\"}")
            .text("id");

    JsonNode steps = api.client().get("/v1/tasks/" + task + "/steps").json();

    assertThat(steps.path("next_cursor").isNull()).isTrue();
    assertThat(steps.path("data").size()).isEqualTo(2);
    JsonNode first = steps.at("/data/0");
    assertThat(first.path("name").asString()).isEqualTo("send");
    assertThat(first.path("state").asString()).isEqualTo("committed");
    assertThat(first.at("/about/tool").asString()).isEqualTo("mail.send");
    assertThat(first.at("/result/text").asString()).hasSize(20_000);
    Reply page = api.client().get("/v1/tasks/" + task + "/steps?limit=1");
    Reply next =
        api.client().get("/v1/tasks/" + task + "/steps?cursor=" + page.text("next_cursor"));
    assertThat(page.json().at("/data/0/name").asString()).isEqualTo("send");
    assertThat(next.json().at("/data/0/name").asString()).isEqualTo("finish");
    assertThat(next.json().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void foreignTask_isAnsweredLikeNone() {
    String task = api.client().post("/v1/tasks", "{\"input\":\"await\"}").text("id");
    String none = TaskId.next().toString();
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    for (String path : List.of("", "/steps", "/events")) {
      assertSame(
          other.get("/v1/tasks/" + task + path), other.get("/v1/tasks/" + none + path), task, none);
    }
    for (String path : List.of("/cancel", "/reconcile")) {
      String body = path.equals("/cancel") ? "{}" : "{\"step\":\"send\",\"outcome\":\"happened\"}";
      assertSame(
          other.post("/v1/tasks/" + task + path, body),
          other.post("/v1/tasks/" + none + path, body),
          task,
          none);
    }
  }

  private static void assertSame(Reply foreign, Reply absent, String foreignId, String absentId) {
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(plain(foreign).replace(foreignId, absentId)).isEqualTo(plain(absent));
  }

  private static String plain(Reply reply) {
    return reply.body().replace(reply.text("request_id"), "");
  }

  private static List<String> ids(ApiClient client, String query) {
    return client
        .get("/v1/tasks" + query)
        .json()
        .path("data")
        .valueStream()
        .map(task -> task.path("id").asString())
        .collect(Collectors.toList());
  }
}
