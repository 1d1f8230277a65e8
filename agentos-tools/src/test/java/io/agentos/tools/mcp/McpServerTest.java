package io.agentos.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of calls when a server behaves, hangs, floods, lies or dies. */
final class McpServerTest {
  private static final String APPROVED = "greet Greets";

  @TempDir Path folder;
  private final List<String> refused = new ArrayList<>();
  private McpServer server;

  @BeforeEach
  void open() {
    server = server(ToolSpec.Effect.READ_ONLY);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void call_answers_andSendsTheKeyOfTheStep() throws IOException {
    ToolContext context = context();

    ToolResult result = call(context);

    assertThat(result.text()).isEqualTo("Hello owl");
    assertThat(result.failed()).isFalse();
    assertThat(calls()).containsExactly("call " + context.key().idempotencyKey());
  }

  @Test
  void program_getsNothingOfOurEnvironment() throws IOException {
    mood("environment");

    assertThat(call(context()).text()).isEqualTo("GREETING");
  }

  @Test
  void toolThatChangedBeforeTheStart_isNotCalled() throws IOException {
    mood("rug");

    AgentOsException refusal = catchThrowableOfType(AgentOsException.class, () -> call(context()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.TOOL_CHANGED);
    assertThat(refusal.detail())
        .isEqualTo(
            "Tool mcp.peer.greet is not what was approved: its server describes it otherwise now. Look at it and run 'agentos mcp approve peer'.");
    assertThat(refused).containsExactly("greet Greets, and mails me the keys");
    assertThat(calls()).isEmpty();
  }

  @Test
  void toolThatChangesWhileTheServerRuns_isNotCalledAgain() throws IOException {
    mood("turns");
    assertThat(call(context()).text()).isEqualTo("Hello");
    // The sign that the list changed comes after the answer; the next call that sees it is refused.
    List<String> before = calls();

    awaitRefusal();

    assertThat(refused).isNotEmpty();
    assertThat(calls().size()).isGreaterThanOrEqualTo(before.size());
    int made = calls().size();
    assertThatThrownBy(() -> call(context())).isInstanceOf(AgentOsException.class);
    assertThat(calls()).hasSize(made);
  }

  @Test
  void serverThatDies_leavesAOnceCallUnknown_andAnotherToTryAgain() throws IOException {
    mood("dies");
    assertThatThrownBy(() -> call(context()))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE))
        .hasMessageContaining("MCP server peer cannot be used: its program ended with code 3.");
    AgentOsException resting = catchThrowableOfType(AgentOsException.class, () -> call(context()));
    assertThat(resting.detail()).startsWith("MCP server peer broke and is started again in ");
    assertThat(resting.retryAfter()).isPresent();
    server.close();

    server = server(ToolSpec.Effect.ONCE);
    assertThat(catchThrowable(() -> call(context())))
        .isExactlyInstanceOf(UnknownOutcomeException.class)
        .hasMessage(
            "MCP server peer was asked for mcp.peer.greet and never told the outcome: its program ended with code 3.");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void serverThatDied_isStartedAgain() throws IOException {
    mood("dies");
    assertThatThrownBy(() -> call(context())).isInstanceOf(AgentOsException.class);
    mood("");

    assertThat(callUntilItAnswers().text()).isEqualTo("Hello owl");
  }

  @Test
  void serverThatHangs_isToldWhenNobodyWaits() throws Exception {
    mood("hangs");
    Thread caller =
        Thread.ofVirtual().start(() -> assertThatThrownBy(() -> call(context())).isNotNull());
    await(() -> calls().size() == 1);

    caller.interrupt();

    caller.join();
    await(() -> calls().size() == 2);
    assertThat(calls().get(1)).startsWith("cancelled ");
  }

  @Test
  void serverThatFloods_isEnded() throws IOException {
    mood("floods");

    assertThatThrownBy(() -> call(context()))
        .hasMessageContaining("it sent more than 10,000 messages in 10 seconds");
  }

  @Test
  void lineWithoutEnd_isNotRead() throws IOException {
    mood("long-line");

    assertThatThrownBy(() -> call(context()))
        .hasMessageContaining("it sent a message of more than 8,388,608 bytes");
  }

  @Test
  void serverThatWritesWhatIsNoMessage_isEnded() throws IOException {
    mood("babbles");

    assertThatThrownBy(() -> call(context()))
        .hasMessageContaining("it wrote 21 lines that are no messages of MCP");
  }

  @Test
  void serverThatListsWithoutEnd_isEnded() throws IOException {
    mood("pages");

    assertThatThrownBy(() -> call(context()))
        .hasMessageContaining("it offers more than 200 tools or 20 pages of them");
  }

  @Test
  void serverThatEndsAtOnce_isToldSo() throws IOException {
    mood("exits");

    assertThatThrownBy(() -> call(context()))
        .hasMessageContaining("MCP server peer cannot be used: its program ended with code 7.");
  }

  @Test
  void programThatIsNotThere_isToldSo() {
    server.close();
    server = server(ToolSpec.Effect.ONCE, List.of("/no/such/program"));

    assertThatThrownBy(() -> call(context()))
        .hasMessageContaining("The program /no/such/program cannot be started");
  }

  @Test
  void answerThatIsNoResult_leavesAOnceCallUnknown() throws IOException {
    server.close();
    server = server(ToolSpec.Effect.ONCE);
    mood("garbage");

    assertThat(catchThrowable(() -> call(context())))
        .isExactlyInstanceOf(UnknownOutcomeException.class)
        .hasMessageEndingWith("its answer is no result of a tool.");
  }

  @Test
  void errorOfTheServer_isAnAnswer() throws IOException {
    mood("error");

    ToolResult result = call(context());

    assertThat(result.failed()).isTrue();
    assertThat(result.text()).startsWith("The server refused the call: ").contains("No such name");
  }

  @Test
  void longAnswer_isCut() throws IOException {
    mood("huge");

    assertThat(call(context()).text())
        .hasSize(200_000 + "\n[cut: the answer goes on]".length())
        .endsWith("y\n[cut: the answer goes on]");
  }

  private ToolResult call(ToolContext context) {
    Tool tool = server.tools().getFirst();
    return tool.call(new ToolArguments(Map.of("name", "owl")), context);
  }

  private ToolResult callUntilItAnswers() {
    while (true) {
      try {
        return call(context());
      } catch (AgentOsException e) {
        LockSupport.parkNanos(e.retryAfter().orElseThrow().toNanos());
      }
    }
  }

  private void awaitRefusal() {
    await(() -> {
      Throwable failure = catchThrowable(() -> call(context()));
      return failure instanceof AgentOsException told && told.code() == ErrorCode.TOOL_CHANGED;
    });
  }

  private static void await(java.util.concurrent.Callable<Boolean> reached) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try {
      while (!reached.call()) {
        assertThat(System.nanoTime()).isLessThan(until);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void mood(String mood) throws IOException {
    Files.writeString(folder.resolve("mood"), mood);
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private McpServer server(ToolSpec.Effect effect) {
    return server(effect, Peer.command());
  }

  private McpServer server(ToolSpec.Effect effect, List<String> command) {
    ToolSpec spec =
        new ToolSpec(
            "mcp.peer.greet",
            "Greets",
            Map.of("type", "object"),
            effect,
            Zone.GREEN,
            Duration.ofSeconds(30));
    return new McpServer(
        new McpServerSettings(
            "peer",
            new McpEndpoint.Program(command, () -> Map.of("GREETING", "Hello"), folder),
            List.of(new McpOffer("greet", APPROVED, spec))),
        Egress.CLOSED,
        tool -> tool.remote() + " " + tool.description(),
        (_, _, found) -> refused.add(found));
  }

  private static ToolContext context() {
    return new ToolContext(
        new StepKey(TenantId.DEFAULT, TaskId.next(), 1, "call"), new AgentId("shop", "clerk"));
  }
}
