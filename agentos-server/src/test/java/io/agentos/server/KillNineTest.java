package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolCall;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ReceivedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills the server's JVM in the middle of its work, for real, and counts at the model's end. */
final class KillNineTest {
  private static final int TASKS = 50;
  private static final long MODEL_MILLIS = 40;
  private static final String REVIEW =
      "# Summary\nFine.\n# Findings\nNone.\n# Checked\nAll.\n# Not checked\nNothing.";

  @TempDir private Path folder;

  @Test
  void killedServer_endsEveryTaskOnce_andPaysNoFinishedCallAgain()
      throws IOException, InterruptedException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(code.resolve("Hello.java"), "final class Hello {}\n");
    try (FakeModelServer model = FakeModelServer.start(slowly(story(code)))) {
      Map<String, String> environment =
          Map.of(
              "AGENTOS_AUDIT_FILE",
              folder.resolve("audit.ndjson").toString(),
              "OPENAI_BASE_URL",
              model.uri() + "/v1",
              "OPENAI_MODEL",
              "fake",
              "OPENAI_PRICE",
              "1/0.1/2",
              "AGENTOS_FILES_ROOTS",
              folder.toString());
      Path data = folder.resolve("data");
      List<String> tasks = new ArrayList<>();
      ServerProcess first = ServerProcess.start(data, environment);
      for (int i = 0; i < TASKS; i++) {
        tasks.add(submit(first, code));
      }
      assertThat(model.awaitCall(TASKS + TASKS / 2, Duration.ofSeconds(60))).isPresent();
      first.kill();

      try (ServerProcess second = ServerProcess.start(data, environment)) {
        for (String task : tasks) {
          second.await("ended: " + task, () -> ended(second, task));
        }
        Map<String, Integer> attempts = attempts(second, tasks);
        Map<String, Integer> calls = model.callsByIdempotencyKey();
        assertThat(calls).hasSize(TASKS * 3).containsOnlyKeys(attempts.keySet());
        // The journal knows of each call before it is made; only one under way at the kill has two.
        calls.forEach(
            (key, count) -> assertThat(count).as(key).isLessThanOrEqualTo(attempts.get(key)));
        assertThat(attempts.values()).allMatch(count -> count <= 2).contains(2);
        assertThat(second.get("/v1/audit/verify").get("intact").asBoolean()).isTrue();
        second.await("told", () -> told(second));
        mustHoldEveryEntry(
            second.get("/v1/audit?limit=1").at("/data/0/seq").asLong(),
            folder.resolve("audit.ndjson"));
      }
    }
  }

  private static String submit(ServerProcess server, Path code) {
    Map<String, Object> request =
        Map.of(
            "agent",
            "engineering.reviewer",
            "input",
            Map.of("text", "Review it.", "folder", code.toString()));
    return server.post("/v1/tasks", request, 202).get("id").asString();
  }

  private static boolean ended(ServerProcess server, String task) {
    JsonNode view = server.get("/v1/tasks/" + task);
    if (view.get("ended_at").isNull()) {
      return false;
    }
    assertThat(view.get("state").asString()).as(view.toString()).isEqualTo("completed");
    return true;
  }

  private static boolean told(ServerProcess server) {
    JsonNode sinks = server.get("/v1/audit/sinks").get("data");
    return sinks.size() == 1 && sinks.get(0).get("behind").asLong() == 0;
  }

  /** Each entry of the log, in order but for what came again after the kill. */
  private static void mustHoldEveryEntry(long last, Path file) throws IOException {
    long next = 1;
    for (String line : Files.readAllLines(file)) {
      if (line.contains("\"tenant\":\"default\"")) {
        long seq = Long.parseLong(line.replaceFirst(".*?\"seq\":([0-9]+),.*", "$1"));
        assertThat(seq).as(line).isLessThanOrEqualTo(next);
        next = Math.max(next, seq + 1);
      }
    }
    assertThat(next).isGreaterThan(last);
  }

  /** How often the journal says that each model call was begun, by its key. */
  private static Map<String, Integer> attempts(ServerProcess server, List<String> tasks) {
    Map<String, Integer> attempts = new HashMap<>();
    for (String task : tasks) {
      for (JsonNode step : server.get("/v1/tasks/" + task + "/steps").get("data")) {
        assertThat(step.get("state").asString()).isEqualTo("committed");
        if (step.get("name").asString().endsWith("/model")) {
          attempts.put(step.at("/about/key").asString(), step.get("attempts").asInt());
        }
      }
    }
    return attempts;
  }

  private static FakeStory story(Path code) {
    return FakeStory.byTurn(
        List.of(
            FakeStep.calls(new ToolCall("c1", "files.list", Map.of("folder", code.toString()))),
            FakeStep.calls(
                new ToolCall(
                    "c1", "files.read", Map.of("folder", code.toString(), "path", "Hello.java"))),
            FakeStep.says(REVIEW)));
  }

  /** Gives the kill a chance to fall into a call. */
  private static FakeStory slowly(FakeStory story) {
    return (ReceivedCall call) -> {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MODEL_MILLIS));
      return story.next(call);
    };
  }
}
