package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ReconcileTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  /** A task whose only step ended in a way nobody knows. */
  private static String unknown() {
    String task = api.client().post("/v1/tasks", "{\"input\":\"break\"}").text("id");
    EventReader.awaitEvent(api.client(), task, "task.waiting");
    return task;
  }

  private static Reply say(String task, String body) {
    return api.as(TestApi.ACME, Role.OPERATOR)
        .with("Prefer", "wait=30")
        .post("/v1/tasks/" + task + "/reconcile", body);
  }

  @Test
  void happened_goesOnWithTheResult() {
    Reply text =
        say(unknown(), "{\"step\":\"send\",\"outcome\":\"happened\",\"result\":\"mail 17\"}");
    assertThat(text.status()).isEqualTo(200);
    assertThat(text.json().at("/output/text").asString()).isEqualTo("mail 17");

    Reply object =
        say(
            unknown(),
            "{\"step\":\"send\",\"outcome\":\"happened\",\"result\":{\"text\":\"t\",\"fields\":{\"n\":1}}}");
    assertThat(object.json().at("/output/text").asString()).isEqualTo("t");

    Reply none = say(unknown(), "{\"step\":\"send\",\"outcome\":\"happened\"}");
    assertThat(none.json().at("/output/text").asString())
        .isEqualTo("A person confirmed that this happened; no result is known.");
  }

  @Test
  void didNotHappen_triesAgain() {
    String task = unknown();
    Reply reply =
        api.as(TestApi.ACME, Role.OPERATOR)
            .post(
                "/v1/tasks/" + task + "/reconcile",
                "{\"step\":\"send\",\"outcome\":\"did_not_happen\"}");

    assertThat(reply.status()).isEqualTo(202);
    try (EventReader reader = EventReader.open(api.client().with("Last-Event-ID", "5"), task)) {
      EventReader.Event event = reader.next();
      assertThat(event == null ? "" : event.type()).isEqualTo("step.intent");
      assertThat(event == null ? 0 : event.json().at("/data/attempt").asInt()).isEqualTo(2);
    }
    assertThat(
            api.client()
                .get("/v1/audit?type=step.unknown&subject=" + task)
                .json()
                .at("/data/0/facts")
                .toString())
        .isEqualTo("{\"attempt\":\"1\",\"outcome\":\"did_not_happen\",\"step\":\"send\"}");
  }

  @Test
  void knownEnd_cannotBeReconciled() {
    String task =
        api.client().with("Prefer", "wait=30").post("/v1/tasks", "{\"input\":\"go\"}").text("id");
    Reply known = say(task, "{\"step\":\"send\",\"outcome\":\"happened\"}");
    assertThat(known.status()).isEqualTo(409);
    assertThat(known.text("detail"))
        .isEqualTo("Task %s waits for no reconciliation.".formatted(task));
    Reply other = say(unknown(), "{\"step\":\"other\",\"outcome\":\"happened\"}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("detail"))
        .isEqualTo("The request is not valid: step must be the name of a step of this task.");
  }

  @Test
  void word_isReadStrictly() {
    String task = unknown();
    assertProblem(task, "{}", "step is required; outcome is required");
    assertProblem(
        task,
        "{\"step\":\"send\",\"outcome\":\"maybe\"}",
        "outcome must be one of happened, did_not_happen");
    assertProblem(
        task,
        "{\"step\":\"send\",\"outcome\":\"did_not_happen\",\"result\":\"x\"}",
        "result belongs to the outcome 'happened', and only to it");
    assertProblem(
        task,
        "{\"step\":\"send\",\"outcome\":\"happened\",\"result\":1}",
        "result must be an object");
    assertProblem(
        task,
        "{\"step\":\"send\",\"outcome\":\"happened\",\"result\":{\"failed\":1}}",
        "result.text is required; result.failed must be true or false");
  }

  private static void assertProblem(String task, String body, String problem) {
    Reply reply = say(task, body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: " + problem + ".");
  }
}
