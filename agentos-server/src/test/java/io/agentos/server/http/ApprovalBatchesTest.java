package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ApprovalId;
import io.agentos.runtime.identity.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Decisions about several approvals, and those given beforehand. */
final class ApprovalBatchesTest {
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
  private record Asked(String task, JsonNode approval) {}

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

  @Test
  void batch_decidesEachForItself() {
    Asked one = ask();
    Asked other = ask();
    String item = "{\"id\":\"%s\",\"decision\":\"%s\",\"digest\":\"%s\"}";
    String body =
        "{\"decisions\":[%s,%s,%s]}"
            .formatted(
                item.formatted(
                    one.approval.path("id").asString(),
                    "approve",
                    one.approval.path("digest").asString()),
                item.formatted(other.approval.path("id").asString(), "approve", "0".repeat(64)),
                item.formatted(ApprovalId.next(), "reject", "0".repeat(64)));
    ApiClient client = approver().with("Idempotency-Key", "batch");

    JsonNode data = client.post("/v1/approvals/decide", body).json().path("data");

    assertThat(data.at("/0/approval/state").asString()).isEqualTo("approved");
    assertThat(data.at("/1/problem/code").asString()).isEqualTo("DIGEST_MISMATCH");
    assertThat(data.at("/1/status").asInt()).isEqualTo(412);
    assertThat(data.at("/2/status").asInt()).isEqualTo(404);
    JsonNode again = client.post("/v1/approvals/decide", body).json().path("data");
    assertThat(again.path(0)).isEqualTo(data.path(0));
    assertThat(
            approver()
                .post("/v1/approvals/decide", "{\"decisions\":[{\"decision\":\"edit\"}]}")
                .paths())
        .contains("decisions[0].id", "decisions[0].decision");
  }

  @Test
  void grant_answersWhatItCovers() {
    String body =
        "{\"tool\":\"mail.*\",\"agent\":\"mail.sorter\",\"bounds\":[{\"path\":\"/to\",\"equals\":"
            + "\"a@example.org\"}],\"red\":%s,\"count_max\":1,\"expires_at\":\"2099-01-01T00:00:00Z\","
            + "\"reason\":\"known\"}";
    assertThat(approver().post("/v1/approval-grants", body.formatted(true)).status())
        .isEqualTo(403);
    Reply made = api.client().post("/v1/approval-grants", body.formatted(true));
    assertThat(made.status()).isEqualTo(201);

    String task =
        api.as(TestApi.ACME, Role.DEVELOPER).post("/v1/tasks", "{\"input\":\"ask\"}").text("id");
    try (EventReader reader = EventReader.open(api.client(), task)) {
      assertThat(reader.rest()).isNotEmpty();
    }
    assertThat(api.client().get("/v1/tasks/" + task).json().at("/output/text").asString())
        .isEqualTo("approved by grant:" + made.text("id"));
    JsonNode listed = api.client().get("/v1/approval-grants?limit=1").json().at("/data/0");
    assertThat(listed.path("used").asInt()).isEqualTo(1);
    String path = "/v1/approval-grants/" + made.text("id");
    assertThat(approver().delete(path).status()).isEqualTo(204);
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).delete(path).status()).isEqualTo(404);
    assertThat(approver().post("/v1/approval-grants", "{\"bounds\":[{\"path\":\"x\"}]}").paths())
        .containsExactly("tool", "agent", "bounds[0].path", "count_max", "expires_at", "reason");
  }
}
