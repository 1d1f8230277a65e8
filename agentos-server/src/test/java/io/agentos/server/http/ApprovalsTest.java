package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ApprovalId;
import io.agentos.runtime.identity.Role;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ApprovalsTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  /** A task that asks, and what it asks. */
  private record Asked(String task, JsonNode approval) {
    String path() {
      return "/v1/approvals/" + approval.path("id").asString() + "/decide";
    }

    String says(String decision, String more) {
      return "{\"decision\":\"%s\",\"digest\":\"%s\"%s}"
          .formatted(decision, approval.path("digest").asString(), more);
    }
  }

  private static Asked ask() {
    String task =
        api.as(TestApi.ACME, Role.DEVELOPER).post("/v1/tasks", "{\"input\":\"ask\"}").text("id");
    EventReader.awaitEvent(api.client(), task, "approval.requested");
    JsonNode found = approver().get("/v1/approvals?state=pending&task=" + task).json().path("data");
    assertThat(found.size()).isEqualTo(1);
    return new Asked(task, found.get(0));
  }

  private static ApiClient approver() {
    return api.as(TestApi.ACME, Role.APPROVER);
  }

  private static String outcome(Asked asked) {
    try (EventReader reader = EventReader.open(api.client(), asked.task)) {
      assertThat(reader.rest()).isNotEmpty();
    }
    return api.client().get("/v1/tasks/" + asked.task).json().at("/output/text").asString();
  }

  @Test
  void approve_letsTheTaskGoOn() {
    Asked asked = ask();
    assertThat(asked.approval.path("arguments").toString()).isEqualTo("{\"to\":\"a@example.org\"}");
    assertThat(approver().get("/v1/approvals/" + asked.approval.path("id").asString()).json())
        .isEqualTo(asked.approval);

    Reply reply = approver().post(asked.path(), asked.says("approve", ",\"comment\":\"fine\""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("state")).isEqualTo("approved");
    assertThat(reply.text("comment")).isEqualTo("fine");
    assertThat(outcome(asked)).startsWith("approved by key:key_");
    Reply again = approver().post(asked.path(), asked.says("reject", ""));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("CONFLICT");
  }

  @Test
  void reject_andEdit() {
    Asked rejected = ask();
    approver().post(rejected.path(), rejected.says("reject", ",\"comment\":\"no\""));
    assertThat(outcome(rejected)).isEqualTo("rejected: no");

    Asked edited = ask();
    Reply reply =
        approver()
            .post(
                edited.path(),
                edited.says("edit", ",\"arguments\":{\"to\":\"b@example.org\",\"n\":1.5}"));
    assertThat(reply.json().path("edited_arguments").toString())
        .isEqualTo("{\"n\":1.5,\"to\":\"b@example.org\"}");
    assertThat(reply.text("digest")).isNotEqualTo(edited.approval.path("digest").asString());
    assertThat(outcome(edited)).isEqualTo("edited to {n=1.5, to=b@example.org}");
  }

  @Test
  void requester_mayNotDecide() {
    String task = api.client().post("/v1/tasks", "{\"input\":\"ask\"}").text("id");
    EventReader.awaitEvent(api.client(), task, "approval.requested");
    JsonNode approval = api.client().get("/v1/approvals?task=" + task).json().at("/data/0");
    Asked asked = new Asked(task, approval);

    Reply reply = api.client().post(asked.path(), asked.says("approve", ""));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("detail"))
        .matches(
            "key:key_.* asked for task task_.* and may not decide its approvals; someone else must\\.");
  }

  @Test
  void decision_isBoundToWhatWasShown() {
    Asked asked = ask();
    Reply reply =
        approver()
            .post(
                asked.path(),
                "{\"decision\":\"approve\",\"digest\":\"%s\"}".formatted("0".repeat(64)));

    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.code()).isEqualTo("DIGEST_MISMATCH");
  }

  @Test
  void decision_isReadStrictly() {
    Asked asked = ask();
    assertProblem(asked, "{}", "decision is required; digest is required");
    assertProblem(asked, asked.says("yes", ""), "decision must be one of approve, reject, edit");
    assertProblem(asked, asked.says("edit", ""), "arguments is required");
    assertProblem(asked, asked.says("edit", ",\"arguments\":[]"), "arguments must be an object");
    assertProblem(
        asked,
        asked.says("approve", ",\"arguments\":{}"),
        "arguments belong to the decision 'edit', and only to it");
    assertProblem(
        asked,
        asked.says("reject", ",\"comment\":\"\\u0000\""),
        "comment must not hold the character U+0000");
    Reply number =
        approver()
            .post(asked.path(), asked.says("edit", ",\"arguments\":{\"n\":12345678901234567890}"));
    assertThat(number.status()).isEqualTo(422);
    assertThat(number.code()).isEqualTo("INVALID_ARGUMENTS");
    assertThat(approver().post(asked.path(), asked.says("reject", "")).status()).isEqualTo(200);
  }

  private static void assertProblem(Asked asked, String body, String problem) {
    Reply reply = approver().post(asked.path(), body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: " + problem + ".");
  }

  @Test
  void expiredApproval_cannotBeDecided() throws SQLException {
    Asked asked = ask();
    api.pastEveryRule(
        "update approval set expires_at = now() - interval '1 second' where approval_id = '%s'"
            .formatted(ApprovalId.parse(asked.approval.path("id").asString()).value()));

    Reply reply = approver().post(asked.path(), asked.says("approve", ""));

    assertThat(reply.status()).isEqualTo(410);
    assertThat(reply.code()).isEqualTo("APPROVAL_EXPIRED");
  }

  @Test
  void decision_isReplayed() {
    Asked asked = ask();
    ApiClient client = approver().with("Idempotency-Key", "decide");
    Reply first = client.post(asked.path(), asked.says("approve", ""));
    Reply second = client.post(asked.path(), asked.says("approve", ""));

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void foreignApproval_isAnsweredLikeNone() {
    Asked asked = ask();
    String foreign = asked.approval.path("id").asString();
    String absent = ApprovalId.next().toString();
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);

    assertThat(other.get("/v1/approvals").json().path("data").isEmpty()).isTrue();
    for (String id : new String[] {foreign, absent, "apr_x"}) {
      assertThat(other.get("/v1/approvals/" + id).status()).isEqualTo(404);
      Reply reply = other.post("/v1/approvals/" + id + "/decide", asked.says("approve", ""));
      assertThat(reply.status()).isEqualTo(404);
    }
    assertThat(other.get("/v1/approvals/" + foreign).text("detail"))
        .isEqualTo("There is no approval " + foreign + ".");
  }

  @Test
  void list_refusesWhatItDoesNotKnow() {
    assertThat(approver().get("/v1/approvals?state=open").paths()).containsExactly("state");
    assertThat(approver().get("/v1/approvals?task=x").paths()).containsExactly("task");
  }

  private static long refusals(Asked asked) {
    JsonNode entries =
        api.as(TestApi.ACME, Role.AUDITOR)
            .get("/v1/audit?type=approval.refused&subject=" + asked.task)
            .json()
            .path("data");
    for (JsonNode entry : entries) {
      assertThat(entry.path("facts").path("approval")).isEqualTo(asked.approval.path("id"));
    }
    return entries.size();
  }

  @Test
  void eachRefusedAttempt_isRecordedOnce() {
    Asked asked = ask();
    ApiClient viewer = api.as(TestApi.ACME, Role.VIEWER);
    assertThat(viewer.post(asked.path(), asked.says("approve", "")).status()).isEqualTo(403);
    assertThat(refusals(asked)).isEqualTo(1);

    ApiClient agent = new ApiClient(api.port(), agentKey());
    Reply refused = agent.post(asked.path(), asked.says("approve", ""));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("detail"))
        .isEqualTo(
            "This is the key of agent mail.sorter, and agents never hold 'decide', whatever their role;"
                + " a person's key is needed.");
    assertThat(refusals(asked)).isEqualTo(2);

    String batch =
        "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"approve\",\"digest\":\"%s\"}]}"
            .formatted(
                asked.approval.path("id").asString(), asked.approval.path("digest").asString());
    assertThat(agent.post("/v1/approvals/decide", batch).status()).isEqualTo(403);
    assertThat(refusals(asked)).isEqualTo(3);

    Reply decided = approver().post("/v1/approvals/decide", batch);
    assertThat(decided.json().at("/data/0/approval/state").asString()).isEqualTo("approved");
    Reply again = approver().post("/v1/approvals/decide", batch);
    assertThat(again.json().at("/data/0/status").asInt()).isEqualTo(409);
    assertThat(again.json().at("/data/0/problem/code").asString()).isEqualTo("CONFLICT");
    assertThat(refusals(asked)).isEqualTo(4);
  }

  private static String agentKey() {
    return api.client()
        .post("/v1/keys", "{\"name\":\"bot\",\"role\":\"admin\",\"agent\":\"mail.sorter\"}")
        .text("secret");
  }

  @Test
  void agentsOwnKey_isKeptFromWhatPeopleDo() {
    ApiClient agent = new ApiClient(api.port(), agentKey());
    assertThat(agent.get("/v1/tasks").status()).isEqualTo(200);
    assertThat(agent.get("/v1/keys").status()).isEqualTo(403);
    assertThat(agent.post("/v1/kill-switches", "{\"scope\":\"tenant\",\"reason\":\"r\"}").status())
        .isEqualTo(403);
    Reply wrong =
        api.client().post("/v1/keys", "{\"name\":\"x\",\"role\":\"viewer\",\"agent\":\"x\"}");
    assertThat(wrong.text("detail"))
        .isEqualTo(
            "The request is not valid: agent must be PACK.AGENT, such as supabase.rls-auditor.");
  }
}
