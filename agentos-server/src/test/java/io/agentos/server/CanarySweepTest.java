package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plants a key, a card number and an e-mail address in every encoding wherever content may stand,
 * and looks for them in the bytes of all that is sent to a provider, logged, or kept.
 *
 * <p>The caller is told what it said and what the model said, so that the task's own answer may
 * hold all three. The e-mail address is of class B: a token for the provider, and itself again for
 * the caller. Labels are kept readable, for filters, and are no place for content: one is the proof
 * that this sweep finds what lies there.
 */
final class CanarySweepTest {
  private static final String LABEL = "kestrel-label-in-the-open";
  private static final String REFUSED = "Refuse this: ";
  private static final String OPEN = "Read the open one: ";
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;

  @Test
  void canaries_areNowhere_butInTheAnswerToTheCaller() throws IOException, InterruptedException {
    Path told = Files.createDirectories(folder.resolve("told"));
    String hidden = Canaries.withoutKey();
    Files.writeString(told.resolve("Open.txt"), Canaries.planted());
    Files.writeString(told.resolve("Told.txt"), hidden);
    Path data = folder.resolve("data");
    List<String> found = new ArrayList<>();
    try (FakeModelServer model = FakeModelServer.start(story(told))) {
      try (ServerProcess server = ServerProcess.start(data, CanaryNest.environment(model, told))) {
        // A gate stops a key in the open, from the caller or a tool; by then it is in the journal.
        ended(server, submit(server, "Look: " + Canaries.planted()), "denied");
        assertThat(model.calls()).isEmpty();
        ended(server, submit(server, OPEN + hidden), "denied");
        JsonNode done = ended(server, submit(server, "Look: " + hidden), "completed");
        assertThat(done.at("/output/text").asString()).contains(Canaries.EMAIL);
        ended(server, submit(server, REFUSED + hidden), "failed");
        ask(server);
        byte[] export = server.bytes(HttpRequest.newBuilder(server.url("/v1/audit/export")));
        assertThat(new String(export, StandardCharsets.UTF_8)).contains("pii.redacted");
        found.addAll(Canaries.in("the audit export", export));
      }
      assertThat(model.calls()).hasSize(4);
      for (var call : model.calls()) {
        assertThat(call.body())
            .contains("\"stream\":true", "<EMAIL_", "[redacted: a key]", "[redacted: a card");
        byte[] sent = (call.path() + call.headers() + call.body()).getBytes(StandardCharsets.UTF_8);
        found.addAll(Canaries.in("call %d to the provider".formatted(call.number()), sent));
      }
    }
    found.addAll(Canaries.under(data));
    assertThat(found).isEmpty();
    assertThat(Files.readString(data.resolve("server.log"))).contains("AgentOS", "is up");
    assertThat(Canaries.holding(data, LABEL)).anyMatch(file -> file.contains("pg_wal"));
  }

  /** Says the canaries in a stream and reads the file; says them again; or refuses the call. */
  private static FakeStory story(Path told) {
    FakeStep open = CanaryNest.stream(CanaryNest.read(told, "Open.txt"));
    FakeStep first = CanaryNest.stream(CanaryNest.read(told, "Told.txt"));
    FakeStep second = FakeStep.says("It tells of " + Canaries.EMAIL + ".");
    return call -> {
      if (call.body().contains(REFUSED)) {
        return new FakeStep.Failure(400, "bad", "No: " + Canaries.planted(), Map.of());
      }
      if (call.body().contains(OPEN)) {
        return open;
      }
      return call.turn() == 0 ? first : second;
    };
  }

  /** Asks for what is not there, by names that should be in no log. */
  private static void ask(ServerProcess server) throws IOException, InterruptedException {
    for (String value : List.of(Canaries.KEY, Canaries.CARD, Canaries.EMAIL)) {
      for (String each : Canaries.encodings(value).values()) {
        String encoded = URLEncoder.encode(each, StandardCharsets.UTF_8);
        for (String path : List.of("/v1/tasks/" + encoded, "/v1/tasks?state=" + encoded)) {
          server.bytes(HttpRequest.newBuilder(server.url(path)));
        }
        String body = JSON.writeValueAsString(Map.of("input", "x", each, each));
        for (String sent : List.of(body, body + each)) {
          server.bytes(
              HttpRequest.newBuilder(server.url("/v1/tasks"))
                  .header("Content-Type", "application/json")
                  .header("User-Agent", "nest")
                  .POST(BodyPublishers.ofString(sent)));
        }
      }
    }
  }

  private static String submit(ServerProcess server, String input) {
    Map<String, Object> request =
        Map.of(
            "agent",
            "nest.reader",
            "input",
            input,
            "labels",
            Map.of("place", LABEL),
            "subject",
            Canaries.EMAIL);
    return server.post("/v1/tasks", request, 202).get("id").asString();
  }

  private static JsonNode ended(ServerProcess server, String task, String state) {
    server.await("ended: " + task, () -> !server.get("/v1/tasks/" + task).get("ended_at").isNull());
    JsonNode view = server.get("/v1/tasks/" + task);
    assertThat(view.get("state").asString()).as(view.get("error").toString()).isEqualTo(state);
    return view;
  }
}
