package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class KillSwitchTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static ApiClient operator(TenantId tenant) {
    return api.as(tenant, Role.OPERATOR);
  }

  private static Reply engage(TenantId tenant, String scope, String target) {
    String more = target.isEmpty() ? "" : ",\"target\":\"" + target + "\"";
    return operator(tenant)
        .post(
            "/v1/kill-switches",
            "{\"scope\":\"%s\"%s,\"reason\":\"bad day\"}".formatted(scope, more));
  }

  private static void release(TenantId tenant, Reply engaged) {
    Reply reply = operator(tenant).post("/v1/kill-switches/" + engaged.text("id") + "/release");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("released_at").isNull()).isFalse();
  }

  @Test
  void engage_stopsAndTellsWhoHasTakenIt() {
    Reply reply = engage(TestApi.ACME, "pack", "mail");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text("scope")).isEqualTo("pack");
    assertThat(reply.text("target")).isEqualTo("mail");
    assertThat(reply.json().path("live_nodes").asInt()).isEqualTo(1);
    JsonNode taken = reply.json().at("/acknowledgements/0");
    assertThat(taken.path("stopped").asInt()).isZero();
    assertThat(taken.path("latency_ms").asInt()).isBetween(0, 2_000);
    Reply refused = api.client().post("/v1/tasks", "{\"input\":\"go\",\"pack\":\"mail\"}");
    assertThat(refused.status()).isEqualTo(423);
    assertThat(refused.code()).isEqualTo("KILLED");
    assertThat(refused.text("detail"))
        .isEqualTo("Kill switch %s on pack mail: bad day".formatted(reply.text("id")));
    assertThat(api.client().post("/v1/tasks", "{\"input\":\"go\",\"agent\":\"sorter\"}").status())
        .isEqualTo(423);
    assertThat(api.client().post("/v1/tasks", "{\"input\":\"go\",\"pack\":\"text\"}").status())
        .isEqualTo(202);
    assertThat(
            api.as(TestApi.OTHER, Role.ADMIN)
                .post("/v1/tasks", "{\"input\":\"go\",\"pack\":\"mail\"}")
                .status())
        .isEqualTo(202);
    release(TestApi.ACME, reply);
    assertThat(api.client().post("/v1/tasks", "{\"input\":\"go\",\"pack\":\"mail\"}").status())
        .isEqualTo(202);
  }

  @Test
  void engage_coversTenantAndAgent() {
    Reply tenant = engage(TestApi.OTHER, "tenant", "other");
    assertThat(tenant.json().path("target").isNull()).isTrue();
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).post("/v1/tasks", "{\"input\":\"go\"}").status())
        .isEqualTo(423);
    release(TestApi.OTHER, tenant);
    Reply agent = engage(TestApi.OTHER, "agent", "mail.sorter");
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    assertThat(other.post("/v1/tasks", "{\"input\":\"go\",\"agent\":\"mail.sorter\"}").status())
        .isEqualTo(423);
    assertThat(other.post("/v1/tasks", "{\"input\":\"go\",\"agent\":\"mail.reviewer\"}").status())
        .isEqualTo(202);
    release(TestApi.OTHER, agent);
  }

  @Test
  void global_isForTheTenantThatOwnsTheInstallation() {
    Reply refused = engage(TestApi.ACME, "global", "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("detail"))
        .isEqualTo(
            "The scope 'global' stops every tenant; only a key of tenant 'default' may use it. Use the scope 'tenant'.");
    Reply engaged = engage(TenantId.DEFAULT, "global", "");
    assertThat(engaged.status()).isEqualTo(201);
    Reply task = api.client().post("/v1/tasks", "{\"input\":\"go\"}");
    assertThat(task.status()).isEqualTo(423);
    assertThat(task.text("detail"))
        .isEqualTo("Kill switch %s on global: bad day".formatted(engaged.text("id")));
    assertThat(
            operator(TestApi.ACME)
                .post("/v1/kill-switches/" + engaged.text("id") + "/release")
                .status())
        .isEqualTo(404);
    release(TenantId.DEFAULT, engaged);
  }

  @Test
  void target_mustBeThere() {
    assertProblem(
        "{\"scope\":\"pack\",\"target\":\"mial\",\"reason\":\"x\"}",
        "target is unknown; known: mail, text");
    assertProblem(
        "{\"scope\":\"agent\",\"target\":\"sorter\",\"reason\":\"x\"}",
        "target is unknown; known: mail.sorter, mail.reviewer, text.writer, text.reviewer");
    assertProblem(
        "{\"scope\":\"tool\",\"target\":\"files.raed\",\"reason\":\"x\"}",
        "target is unknown; known: files.read, mail.send; nearest: 'files.read'");
    assertProblem(
        "{\"scope\":\"provider\",\"target\":\"opneai\",\"reason\":\"x\"}",
        "target is unknown; known: openai, replay; nearest: 'openai'");
    assertProblem(
        "{\"scope\":\"task\",\"target\":\"%s\",\"reason\":\"x\"}".formatted(TaskId.next()),
        "target must be the id of a task");
    assertProblem(
        "{\"scope\":\"task\",\"target\":\"x\",\"reason\":\"x\"}",
        "target must be the id of a task");
    assertProblem("{\"scope\":\"model\",\"reason\":\"x\"}", "target is required");
    assertProblem(
        "{\"scope\":\"global\",\"target\":\"x\",\"reason\":\"x\"}",
        "target must be absent for the scope 'global'");
    assertProblem(
        "{\"scope\":\"tenant\",\"target\":\"other\",\"reason\":\"x\"}",
        "target must be absent, or the tenant of the key, for the scope 'tenant'");
    assertProblem(
        "{\"scope\":\"pak\",\"reason\":\" \"}",
        "scope must be one of global, tenant, pack, agent, tool, provider, model, task; reason must not be blank");
    assertProblem("{}", "scope is required; reason is required");
  }

  private static void assertProblem(String body, String problem) {
    Reply reply = operator(TestApi.ACME).post("/v1/kill-switches", body);
    assertThat(reply.status()).as(body).isEqualTo(422);
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: " + problem + ".");
  }

  @Test
  void release_wakesWhatWasHeldUp() {
    Reply engaged = engage(TenantId.DEFAULT, "tool", "mail.send");
    Reply again =
        operator(TenantId.DEFAULT)
            .post("/v1/kill-switches/" + engaged.text("id") + "/release", "{}");
    Reply twice =
        operator(TenantId.DEFAULT).post("/v1/kill-switches/" + engaged.text("id") + "/release");

    assertThat(again.status()).isEqualTo(200);
    assertThat(twice.body()).isEqualTo(again.body());
    assertThat(
            operator(TenantId.DEFAULT)
                .post("/v1/kill-switches/" + KillSwitchId.next() + "/release")
                .status())
        .isEqualTo(404);
    JsonNode listed = operator(TenantId.DEFAULT).get("/v1/kill-switches").json().path("data");
    assertThat(listed.valueStream().map(JsonNode::toString)).contains(again.body());
  }

  @Test
  void runningTask_isStoppedAndCounted() {
    String task =
        api.client().with("Prefer", "wait=1").post("/v1/tasks", "{\"input\":\"await\"}").text("id");
    Reply engaged = engage(TestApi.ACME, "task", task);

    assertThat(engaged.status()).isEqualTo(201);
    assertThat(engaged.text("target")).isEqualTo(task);
    release(TestApi.ACME, engaged);
  }

  @Test
  void engage_isReplayed() {
    ApiClient client = operator(TestApi.ACME).with("Idempotency-Key", "kill");
    String body = "{\"scope\":\"model\",\"target\":\"gpt-5\",\"reason\":\"x\"}";
    Reply first = client.post("/v1/kill-switches", body);
    Reply second = client.post("/v1/kill-switches", body);

    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.body()).isEqualTo(first.body());
    release(TestApi.ACME, first);
  }

  @Test
  void drill_measuresAndStopsNothing() {
    Reply reply = operator(TestApi.ACME).post("/v1/kill-switches/drill");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("live_nodes").asInt()).isEqualTo(1);
    assertThat(reply.json().at("/acknowledgements/0/stopped").asInt()).isZero();
    assertThat(reply.json().path("released_at").isNull()).isFalse();
    assertThat(reply.text("reason"))
        .isEqualTo("A drill: covers a task that does not exist, and stops nothing.");
    assertThat(
            api.client()
                .with("Prefer", "wait=30")
                .post("/v1/tasks", "{\"input\":\"go\"}")
                .text("state"))
        .isEqualTo("completed");
    assertThat(operator(TestApi.ACME).post("/v1/kill-switches/drill", "{\"a\":1}").status())
        .isEqualTo(422);
  }

  @Test
  void drills_areListedWhenAskedFor() {
    String drill = operator(TestApi.OTHER).post("/v1/kill-switches/drill").text("id");

    assertThat(operator(TestApi.OTHER).get("/v1/kill-switches").body()).doesNotContain(drill);
    assertThat(operator(TestApi.OTHER).get("/v1/kill-switches?drills=true").body())
        .contains(drill, "\"drill\":true");
  }

  @Test
  void dryRun_countsAndStopsNothing() {
    String body = "{\"scope\":\"agent\",\"target\":\"text.reviewer\",\"dry_run\":true}";
    String task =
        api.client()
            .with("Prefer", "wait=1")
            .post("/v1/tasks", "{\"input\":\"await\",\"agent\":\"text.reviewer\"}")
            .text("id");
    Reply reply = operator(TestApi.ACME).post("/v1/kill-switches", body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("dry_run").asBoolean()).isTrue();
    assertThat(reply.json().path("waiting").asInt() + reply.json().path("running").asInt())
        .isEqualTo(1);
    assertThat(operator(TestApi.ACME).get("/v1/kill-switches?limit=200").body())
        .doesNotContain("text.reviewer\"");
    assertThat(operator(TestApi.ACME).post("/v1/kill-switches", body.replace("true", "1")).status())
        .isEqualTo(422);
    assertThat(
            operator(TestApi.ACME)
                .post(
                    "/v1/kill-switches",
                    "{\"scope\":\"task\",\"target\":\"%s\",\"dry_run\":true}".formatted(task))
                .status())
        .isEqualTo(200);
    assertThat(
            operator(TestApi.ACME)
                .post("/v1/kill-switches", "{\"scope\":\"global\",\"dry_run\":true}")
                .status())
        .isEqualTo(403);
    for (String scope : List.of("tool\",\"target\":\"mail.send", "model\",\"target\":\"gpt-5")) {
      assertThat(
              operator(TestApi.ACME)
                  .post("/v1/kill-switches", "{\"scope\":\"%s\",\"dry_run\":true}".formatted(scope))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void release_takesAPace() {
    Reply engaged = engage(TestApi.OTHER, "pack", "text");
    String path = "/v1/kill-switches/" + engaged.text("id") + "/release";

    assertThat(operator(TestApi.OTHER).post(path, "{\"per_minute\":0}").text("detail"))
        .isEqualTo("The request is not valid: per_minute must be a whole number from 1 to 100000.");
    Reply released = operator(TestApi.OTHER).post(path, "{\"per_minute\":30}");
    assertThat(released.json().path("restore_per_minute").asInt()).isEqualTo(30);
    assertThat(released.json().path("held").asInt()).isZero();
  }

  @Test
  void epochs_rise() {
    Reply first = engage(TestApi.ACME, "model", "gpt-4");
    Reply second = engage(TestApi.OTHER, "model", "gpt-4");

    assertThat(second.json().path("epoch").asLong())
        .isGreaterThan(first.json().path("epoch").asLong());
    assertThat(second.json().at("/acknowledgements/0/epoch").asLong())
        .isEqualTo(second.json().path("epoch").asLong());
    release(TestApi.ACME, first);
    release(TestApi.OTHER, second);
  }
}
