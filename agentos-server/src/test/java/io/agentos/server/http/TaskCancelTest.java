package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks that somebody cancels. */
final class TaskCancelTest {
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
  void cancel_endsATaskThatWaits() {
    String task = api.client().post("/v1/tasks", "{\"input\":\"await\"}").text("id");
    EventReader.awaitEvent(api.client(), task, "task.waiting");

    Reply reply =
        api.client()
            .with("Prefer", "wait=30")
            .post("/v1/tasks/" + task + "/cancel", "{\"reason\":\"not needed\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("state")).isEqualTo("cancelled");
    assertThat(reply.json().path("error").toString())
        .isEqualTo("{\"code\":\"CANCELLED\",\"detail\":\"not needed\"}");
    Reply again = api.client().post("/v1/tasks/" + task + "/cancel");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("detail"))
        .isEqualTo(
            "Task %s has ended as cancelled; only a task that has not can be cancelled."
                .formatted(task));
  }

  @Test
  void cancel_namesWhoDidItWhereNoReasonIsGiven() {
    String task = api.client().post("/v1/tasks", "{\"input\":\"await\"}").text("id");

    Reply reply = api.client().with("Prefer", "wait=30").post("/v1/tasks/" + task + "/cancel");

    assertThat(reply.json().at("/error/detail").asString())
        .matches("Cancelled by key:key_[0-9a-z]{26}\\.");
    assertThat(
            api.client()
                .get("/v1/audit?type=task.cancelled&subject=" + task)
                .json()
                .path("data")
                .size())
        .isEqualTo(1);
  }
}
