package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FakeModelServerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String FIRST = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String SECOND =
      "{\"messages\":[{\"role\":\"user\"},{\"role\":\"assistant\"},{\"role\":\"tool\"}]}";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void calls_byIdempotencyKey_areCounted() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.says("ok")))) {
      post(server.uri(), "k1", FIRST);
      post(server.uri(), "k2", SECOND);
      post(server.uri(), "k1", FIRST);

      assertThat(server.callsByIdempotencyKey()).isEqualTo(Map.of("k1", 2, "k2", 1));
      assertThat(server.calls()).extracting(ReceivedCall::number).containsExactly(1, 2, 3);
      assertThat(server.calls()).extracting(ReceivedCall::turn).containsExactly(0, 1, 0);
      assertThat(server.calls().get(1).body()).isEqualTo(SECOND);
      assertThat(server.calls().get(1).path()).isEqualTo("/v1/chat/completions");
    }
  }

  @Test
  void byTurn_sameTurnAgain_answersTheSame() throws Exception {
    FakeStory story = FakeStory.byTurn(List.of(FakeStep.says("one"), FakeStep.fails(503)));
    try (FakeModelServer server = FakeModelServer.start(story)) {
      assertThat(post(server.uri(), "a", FIRST).body()).contains("\"one\"");
      assertThat(post(server.uri(), "b", SECOND).statusCode()).isEqualTo(503);
      assertThat(post(server.uri(), "a", FIRST).body()).contains("\"one\"");
    }
  }

  @Test
  void inOrder_afterTheLast_repeatsIt() throws Exception {
    FakeStory story = FakeStory.inOrder(FakeStep.fails(500), FakeStep.says("ok"));
    try (FakeModelServer server = FakeModelServer.start(story)) {
      assertThat(post(server.uri(), "a", FIRST).statusCode()).isEqualTo(500);
      assertThat(post(server.uri(), "a", FIRST).statusCode()).isEqualTo(200);
      assertThat(post(server.uri(), "a", FIRST).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void log_callThatIsNeverAnswered_isWritten() throws Exception {
    Path log = folder.resolve("calls.jsonl");
    try (FakeModelServer server =
        FakeModelServer.start(
            0,
            new ChatCompletionsDialect(),
            FakeStory.inOrder(FakeStep.says("ok"), new FakeStep.Reset()),
            log)) {
      post(server.uri(), "k1", FIRST);
      assertThatThrownBy(() -> post(server.uri(), "k2", SECOND)).isInstanceOf(IOException.class);

      assertThat(Files.readAllLines(log))
          .hasSize(2)
          .last()
          .asString()
          .isEqualTo(
              "{\"number\":2,\"path\":\"/v1/chat/completions\",\"idempotency_key\":\"k2\",\"turn\":1,"
                  + "\"body\":\""
                  + SECOND.replace("\"", "\\\"")
                  + "\"}");
    }
  }

  @Test
  void hang_clientGivesUp_isSeen() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(new FakeStep.Hang()))) {
      HttpRequest request =
          request(server.uri(), "k1", FIRST).timeout(Duration.ofMillis(200)).build();
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);

      assertThat(server.awaitCall(1, SOON).orElseThrow().awaitClosedByClient(SOON)).isTrue();
    }
  }

  @Test
  void awaitCall_nothingComes_isEmpty() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.says("ok")))) {
      assertThat(server.awaitCall(1, Duration.ofMillis(50))).isEmpty();
    }
  }

  @Test
  void chunkedRequest_isUnderstood() throws Exception {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.says("ok")))) {
      HttpRequest chunked =
          request(server.uri(), "k1", FIRST)
              .POST(
                  BodyPublishers.ofInputStream(
                      () -> new ByteArrayInputStream(FIRST.getBytes(StandardCharsets.UTF_8))))
              .build();
      assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

      assertThat(server.calls().getFirst().body()).isEqualTo(FIRST);
    }
  }

  @Test
  void main_ownProcess_playsItsStoryAndLogs() throws Exception {
    Path log = folder.resolve("calls.jsonl");
    Path story =
        Files.writeString(
            folder.resolve("story.json"),
            """
            [{"tool": "files.read", "arguments": {"path": "a.txt", "n": null}}, {"text": "done"}]
            """);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakeModelServer.class.getName(),
                "0",
                log.toString(),
                story.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      assertThat(line).startsWith("listening on 127.0.0.1:");
      URI server = URI.create("http://" + line.substring("listening on ".length()));

      assertThat(post(server, "k1", FIRST).body()).contains("files__read").contains("a.txt");
      assertThat(post(server, "k2", SECOND).body()).contains("done");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Files.readAllLines(log)).hasSize(2);
  }

  @Test
  void read_everyStep_isKnown() throws Exception {
    Path story =
        Files.writeString(
            folder.resolve("story.json"),
            """
            [{"text": "a"}, {"tool": "a.b"}, {"status": 429}, {"fault": "hang"}, {"fault": "reset"},
             {"fault": "cut"}, {"fault": "stall"}, {"fault": "endless"}, {"fault": "stream-bad_utf8"}]
            """);
    FakeStory read = FakeStoryFile.read(story);

    List<Class<?>> kinds =
        List.of(
            FakeStep.Reply.class,
            FakeStep.Reply.class,
            FakeStep.Failure.class,
            FakeStep.Hang.class,
            FakeStep.Reset.class,
            FakeStep.Cut.class,
            FakeStep.Stall.class,
            FakeStep.Endless.class,
            FakeStep.Streamed.class);
    for (int turn = 0; turn < kinds.size(); turn++) {
      ReceivedCall call = new ReceivedCall(1, new FakeRequest("/", Map.of(), ""), turn);
      assertThat(read.next(call)).isInstanceOf(kinds.get(turn));
    }
  }

  @Test
  void read_unknownStep_saysWhich() throws Exception {
    Path story =
        Files.writeString(folder.resolve("s.json"), "[{\"text\":\"a\"},{\"fault\":\"b\"}]");

    assertThatThrownBy(() -> FakeStoryFile.read(story))
        .hasMessage("step 2 of the story must have text, tool, status or fault");
  }

  private HttpResponse<String> post(URI server, String key, String body) throws Exception {
    return client.send(request(server, key, body).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(URI server, String key, String body) {
    return HttpRequest.newBuilder(URI.create(server + "/v1/chat/completions"))
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(body));
  }
}
