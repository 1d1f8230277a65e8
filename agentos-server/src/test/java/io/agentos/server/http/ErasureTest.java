package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import io.agentos.runtime.state.Erasures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What tasks are given and say lies nowhere on the disk, and cannot be read once it is erased. */
final class ErasureTest {
  private static TestApi api;

  private final List<String> canaries = new ArrayList<>();
  private final String run = "-" + System.nanoTime();

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void subject_isOnNoDisk_andUnreadableOnceErased() throws SQLException {
    String subject = canary();
    String told = asked(subject);
    String cancelled = cancelled(subject);
    String waiting = create("await " + canary(), subject, "w" + run).text("id");
    String long_ = ended(create("large " + canary().repeat(200), subject, "l" + run));
    String other = ended(create("other", canary(), "o" + run));
    assertThat(api.client().get("/v1/tasks/" + told).body()).contains(canaries.get(1));
    assertThat(onDisk()).isEmpty();

    Reply asked = admin().post("/v1/erasures", "{\"subject\":\"%s\"}".formatted(subject));

    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.text("state")).isEqualTo("running");
    assertThat(asked.json().path("tasks").asInt()).isEqualTo(4);
    completed(asked.text("id"));
    assertThat(task(waiting).path("state").asString()).isEqualTo("cancelled");
    for (String id : List.of(told, cancelled, waiting, long_)) {
      mustBeErased(id);
    }
    assertThat(task(told).path("state").asString()).isEqualTo("completed");
    assertThat(task(other).at("/output/text").asString()).isEqualTo("did other");
    Reply replayed = create("await " + canaries.get(6), subject, "w" + run);
    assertThat(replayed.status()).isEqualTo(410);
    assertThat(replayed.code()).isEqualTo("ERASED");
    assertThat(onDisk()).isEmpty();
    assertThat(admin().get("/v1/audit/verify").json().path("intact").asBoolean(false)).isTrue();

    String after = ended(create("again", subject, "a" + run));
    assertThat(task(after).at("/output/text").asString()).isEqualTo("did again");
    mustBeErased(told);
  }

  @Test
  void task_isErasedAlone_andOnlyOnce() {
    String task =
        ended(api.client().post("/v1/tasks", "{\"input\":\"go %s\"}".formatted(canary())));
    String body = "{\"task\":\"%s\"}".formatted(task);

    Reply asked = admin().post("/v1/erasures", body);
    completed(asked.text("id"));

    assertThat(asked.text("task")).isEqualTo(task);
    mustBeErased(task);
    Reply again = admin().post("/v1/erasures", body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("detail"))
        .isEqualTo("Task %s is erased already, or is being erased.".formatted(task));
    JsonNode list = admin().get("/v1/erasures?limit=1").json();
    assertThat(list.at("/data/0/id").asString()).isEqualTo(asked.text("id"));
    assertThat(list.at("/data/0/state").asString()).isEqualTo("completed");
  }

  @Test
  void taskWithSubject_isNotErasedAlone() {
    String task = ended(create("go", "kestrel", "alone"));

    Reply asked = admin().post("/v1/erasures", "{\"task\":\"%s\"}".formatted(task));

    assertThat(asked.status()).isEqualTo(409);
    assertThat(asked.text("detail"))
        .isEqualTo(
            "Task %s has a subject and shares its key with all tasks about it; erase the subject."
                .formatted(task));
  }

  @Test
  void subjectOfWhomNothingIsKept_isErasedAtOnce() {
    Reply asked = admin().post("/v1/erasures", "{\"subject\":\"nobody-here\"}");

    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.text("state")).isEqualTo("completed");
    assertThat(asked.json().path("tasks").asInt()).isZero();
  }

  @Test
  void neitherOrBoth_isRefused() {
    for (String body : List.of("{}", "{\"subject\":\"a\",\"task\":\"b\"}")) {
      Reply reply = admin().post("/v1/erasures", body);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.body()).contains("is required, or 'task', and not both");
    }
    assertThat(
            api.as(TestApi.ACME, Role.OPERATOR)
                .post("/v1/erasures", "{\"subject\":\"a\"}")
                .status())
        .isEqualTo(403);
  }

  private String asked(String subject) {
    String task =
        api.as(TestApi.ACME, Role.DEVELOPER)
            .with("Idempotency-Key", "q" + run)
            .post("/v1/tasks", body("ask " + canary(), subject))
            .text("id");
    EventReader.awaitEvent(api.client(), task, "approval.requested");
    ApiClient approver = api.as(TestApi.ACME, Role.APPROVER).with("Idempotency-Key", "d" + run);
    JsonNode approval = approver.get("/v1/approvals?task=" + task).json().at("/data/0");
    Reply decided =
        approver.post(
            "/v1/approvals/%s/decide".formatted(approval.path("id").asString()),
            "{\"decision\":\"edit\",\"digest\":\"%s\",\"comment\":\"%s\",\"arguments\":{\"to\":\"%s\"}}"
                .formatted(approval.path("digest").asString(), canary(), canary()));
    assertThat(decided.status()).isEqualTo(200);
    rest(task);
    return task;
  }

  private String cancelled(String subject) {
    String task = create("await " + canary(), subject, "c" + run).text("id");
    assertThat(
            api.client()
                .post(
                    "/v1/tasks/%s/cancel".formatted(task),
                    "{\"reason\":\"%s\"}".formatted(canary()))
                .status())
        .isEqualTo(202);
    rest(task);
    return task;
  }

  private void mustBeErased(String task) {
    JsonNode seen = task(task);
    assertThat(seen.path("input").asString()).isEqualTo("(erased)");
    assertThat(seen.path("output").isNull()).isTrue();
    assertThat(seen.path("created_at").asString()).isNotEmpty();
    String all =
        api.client().get("/v1/tasks/%s/steps".formatted(task)).body()
            + api.client().get("/v1/approvals?task=" + task).body()
            + seen;
    try (EventReader reader = EventReader.open(api.client(), task)) {
      all += reader.rest();
    }
    assertThat(all).contains("erased").doesNotContain(canaries).doesNotContain("a@example.org");
  }

  private void completed(String erasure) {
    Erasures erasures =
        new Erasures(api.database(), api.services().stateStore(), api.services().audit());
    while (!admin().get("/v1/erasures/" + erasure).text("state").equals("completed")) {
      erasures.sweep();
    }
  }

  /** The canaries that lie readable in a file of the database, WAL included. */
  private List<String> onDisk() throws SQLException {
    Path data = api.flushed();
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = read(file);
        canaries.stream()
            .filter(bytes::contains)
            .forEach(canary -> found.add(canary + " in " + data.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private Reply create(String input, String subject, String key) {
    return api.client().with("Idempotency-Key", key).post("/v1/tasks", body(input, subject));
  }

  private static String body(String input, String subject) {
    return "{\"input\":\"%s\",\"subject\":\"%s\"}".formatted(input, subject);
  }

  private String canary() {
    canaries.add("Kestrel%dx%dq".formatted(System.nanoTime(), canaries.size()));
    return canaries.getLast();
  }

  private static String ended(Reply created) {
    rest(created.text("id"));
    return created.text("id");
  }

  private static void rest(String task) {
    try (EventReader reader = EventReader.open(api.client(), task)) {
      assertThat(reader.rest()).isNotEmpty();
    }
  }

  private static JsonNode task(String id) {
    return api.client().get("/v1/tasks/" + id).json();
  }

  private static ApiClient admin() {
    return api.as(TestApi.ACME, Role.ADMIN);
  }
}
