package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.identity.Role;
import io.agentos.server.http.EventReader.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EventsTest {
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
  void stream_tellsATasksStoryToItsEnd() {
    String task = submit("go");
    List<Event> events;
    try (EventReader reader = EventReader.open(api.client(), task)) {
      assertThat(reader.response().statusCode()).isEqualTo(200);
      assertThat(reader.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream");
      assertThat(reader.response().headers().firstValue("X-Request-Id")).isPresent();
      events = reader.rest();
      assertThat(reader.comments()).containsExactly("following " + task);
    }

    assertThat(events).extracting(Event::id).containsExactlyElementsOf(upTo(events.size()));
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(
            "task.created", "task.started", "step.intent", "step.committed", "task.completed");
    Event committed = events.get(3);
    ApiDocument.assertFits(ApiDocument.schema("Event"), committed.json(), committed.data());
    assertThat(committed.json().path("time").asString()).endsWith("Z");
    assertThat(committed.json().path("source").asString()).isEqualTo("/v1/tasks/" + task);
    assertThat(committed.json().path("subject").asString()).isEqualTo(task);
    assertThat(committed.json().path("tenant").asString()).isEqualTo("acme");
    assertThat(committed.json().path("data").toString())
        .startsWith("{\"position\":1,\"name\":\"send\",\"attempt\":1,\"state\":\"committed\"")
        .contains("\"value\":{\"text\":\"did go\",\"fields\":{},\"failed\":false}");
    assertThat(events.get(2).json().at("/data/tool").asString()).isEqualTo("mail.send");
  }

  @Test
  void stream_goesOnAfterEachEvent() {
    String task = submit("go");
    List<Event> all = read(task, 0);
    for (int seen = 1; seen < all.size(); seen++) {
      assertThat(read(task, seen)).isEqualTo(all.subList(seen, all.size()));
    }
  }

  @Test
  void stream_isOverForWhoHasHadItAll() {
    String task = submit("go");
    int last = read(task, 0).getLast().id();
    for (String seen : List.of(String.valueOf(last), "999999")) {
      Reply reply = api.client().with("Last-Event-ID", seen).get("/v1/tasks/" + task + "/events");
      assertThat(reply.status()).isEqualTo(204);
    }
  }

  @Test
  void stream_tellsNewsAtOnce() {
    String task = submit("await");
    try (EventReader reader = EventReader.open(api.client(), task)) {
      assertThat(List.of(type(reader), type(reader), type(reader)))
          .containsExactly("task.created", "task.started", "task.waiting");
      long begun = System.nanoTime();
      api.client().post("/v1/tasks/" + task + "/cancel", "{}");
      assertThat(type(reader)).isEqualTo("task.cancelled");
      assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
      assertThat(reader.next()).isNull();
    }
  }

  private static String type(EventReader reader) {
    Event event = reader.next();
    return event == null ? "" : event.type();
  }

  @Test
  void failedStep_isACommittedStepThatFailed() {
    List<Event> events = read(submit("fail"), 0);

    Event failed = events.get(3);
    assertThat(failed.type()).isEqualTo("step.committed");
    assertThat(failed.json().at("/data/state").asString()).isEqualTo("failed");
    assertThat(failed.json().at("/data/code").asString()).isEqualTo("TOOL_FAILED");
    assertThat(events.getLast().type()).isEqualTo("task.failed");
  }

  @Test
  void longValues_areNamedByTheirLength() {
    List<Event> events = read(submit("large"), 0);

    assertThat(events.get(3).json().at("/data/value").toString())
        .matches(
            "\\{\"(truncated\":true,\"length\":20\\d\\d\\d|length\":20\\d\\d\\d,\"truncated\":true)}");
    assertThat(events.get(3).data()).hasSizeLessThan(1_000);
    Event third = read(submit("noise 3"), 0).get(2);
    assertThat(third.json().at("/data/text").asString()).hasSize(2_000);
  }

  @Test
  void lastEventId_mustBeANumber() {
    String task = submit("await");
    for (String id : List.of("-1", "x", "1.5", "9999999999")) {
      Reply reply = api.client().with("Last-Event-ID", id).get("/v1/tasks/" + task + "/events");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text("detail"))
          .isEqualTo(
              "The request is not valid: header.Last-Event-ID must be the id of an event of this task, a whole number.");
    }
  }

  @Test
  void silence_isBrokenByCommentsWhileTheKeyHolds() throws IOException {
    TaskId task = TaskId.parse(submit("await"));
    Followers followers = new Followers(api.services().feed(), 1);
    EventStream stream = new EventStream(api.services(), followers, Duration.ofMillis(50));
    String key =
        api.client().post("/v1/keys", "{\"name\":\"reader\",\"role\":\"viewer\"}").text("secret");
    Call.Caller caller = new Call.Caller(api.services().identity().authenticate(key), key);
    Call call = new Call(caller, "GET", task.toString(), "", _ -> null, Body.NONE);
    Answer.Events events = (Answer.Events) stream.follow(call, task);
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() ->
                events
                    .body()
                    .writeTo(
                        new java.io.FilterOutputStream(written) {
                          @Override
                          public void flush() {
                            if (written
                                .toString(StandardCharsets.UTF_8)
                                .endsWith("\n\n:\n\n:\n\n")) {
                              api.client().delete("/v1/keys/" + caller.principal().key());
                            }
                          }
                        })))
        .isInstanceOf(io.agentos.api.AgentOsException.class)
        .hasMessage(
            "The API key is unknown, expired or revoked; send 'Authorization: Bearer aos_…'.");
    events.body().close();
    assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("\n\n:\n\n:\n\n");
    assertThat(followers.follow(task)).isPresent();
  }

  @Test
  void streams_areBoundedInNumber() {
    String task = submit("await");
    List<EventReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < TestApi.CAPACITY.followersMax(); i++) {
        readers.add(EventReader.open(api.client(), task));
        assertThat(readers.getLast().response().statusCode()).isEqualTo(200);
      }
      Reply reply = api.client().get("/v1/tasks/" + task + "/events");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).contains("2");
      assertThat(reply.text("detail"))
          .isEqualTo("40 streams are open, which is the most at once; try again.");
      Reply wait = api.client().with("Prefer", "wait=5").post("/v1/tasks", "{\"input\":\"await\"}");
      assertThat(wait.status()).isEqualTo(202);
      assertThat(wait.header("Preference-Applied")).isEmpty();
    } finally {
      api.client().with("Prefer", "wait=9").post("/v1/tasks/" + task + "/cancel", "{}");
      readers.forEach(reader -> {
        reader.rest();
        reader.close();
      });
    }
  }

  @Test
  void close_endsStreamsAtOnce() {
    TestApi other = TestApi.idle();
    try {
      String task = other.client().post("/v1/tasks", "{\"input\":\"x\"}").text("id");
      try (EventReader reader = EventReader.open(other.client(), task)) {
        assertThat(type(reader)).isEqualTo("task.created");
        long begun = System.nanoTime();
        Thread closing = Thread.ofVirtual().start(other::closeApi);
        assertThat(reader.next()).isNull();
        assertThat(System.nanoTime() - begun).isLessThan(1_000_000_000L);
        closing.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      other.close();
    }
  }

  @Test
  void foreignTask_isNotFollowed() {
    String task = submit("await");
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).get("/v1/tasks/" + task + "/events").status())
        .isEqualTo(404);
  }

  private static String submit(String text) {
    return api.client().post("/v1/tasks", "{\"input\":\"%s\"}".formatted(text)).text("id");
  }

  private static List<Event> read(String task, int seen) {
    ApiClient client =
        seen == 0 ? api.client() : api.client().with("Last-Event-ID", String.valueOf(seen));
    try (EventReader reader = EventReader.open(client, task)) {
      return reader.rest();
    }
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }
}
