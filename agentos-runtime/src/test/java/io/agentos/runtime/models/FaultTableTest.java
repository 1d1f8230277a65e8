package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.testkit.ChatCompletionsDialect;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStep.Fault;
import io.agentos.testkit.FakeStory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a provider can fail, and what becomes of the task: its outcome, how often who
 * was asked, what was booked, and whether the provider is left alone after five such calls.
 */
final class FaultTableTest {
  /** More than one answer may take in, kernel buffers included. */
  private static final long FLOOD_BYTES_MAX = 64L * 1024 * 1024;

  private static final FakeStep.Reply WANTS_A_TOOL =
      FakeStep.calls(
          new ToolCall("call_1", "files.delete", Map.of("path", "a")),
          new ToolCall("call_2", "files.delete", Map.of("path", "b")));

  private static final FakeStep.Reply WELL = FakeStep.says("slow but well");

  /** The events of that reply up to the one with the count. */
  private static final int COUNTED_AT = new ChatCompletionsDialect().events(WELL, 1).size() - 1;

  private static TestStore store;

  /** What a failing call is booked as. */
  enum Booked {
    /** An answer at the provider's count. */
    COUNTED,
    /** An answer at our estimate. */
    ESTIMATED,
    /** Nothing was charged. */
    FREE,
    /** It may have been charged. */
    UNSETTLED
  }

  /**
   * A fault.
   *
   * @param streamed whether the call asks for a stream
   * @param code what the call fails with; null when the answer stands
   * @param fallsBack whether the next candidate is asked
   */
  record Case(
      String name,
      boolean streamed,
      FakeStep step,
      ErrorCode code,
      boolean fallsBack,
      Booked booked,
      Circuit.State circuit) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  static Stream<Case> statuses() {
    return Stream.of(
            status(400, ErrorCode.PROVIDER_REFUSED, false, Circuit.State.CLOSED),
            status(401, ErrorCode.PROVIDER_KEY, true, Circuit.State.OPEN),
            status(402, ErrorCode.PROVIDER_CREDIT, true, Circuit.State.OPEN),
            status(403, ErrorCode.PROVIDER_KEY, true, Circuit.State.OPEN),
            status(404, ErrorCode.PROVIDER_REFUSED, false, Circuit.State.CLOSED),
            status(408, ErrorCode.PROVIDER_UNAVAILABLE, true, Circuit.State.OPEN),
            status(413, ErrorCode.PROVIDER_REFUSED, false, Circuit.State.CLOSED),
            status(429, ErrorCode.PROVIDER_LIMITED, true, Circuit.State.OPEN),
            status(500, ErrorCode.PROVIDER_UNAVAILABLE, true, Circuit.State.OPEN),
            status(502, ErrorCode.PROVIDER_UNAVAILABLE, true, Circuit.State.OPEN),
            status(503, ErrorCode.PROVIDER_UNAVAILABLE, true, Circuit.State.OPEN),
            status(529, ErrorCode.PROVIDER_UNAVAILABLE, true, Circuit.State.OPEN))
        .flatMap(List::stream);
  }

  static Stream<Case> plainAnswers() {
    ErrorCode away = ErrorCode.PROVIDER_UNAVAILABLE;
    ErrorCode broken = ErrorCode.PROVIDER_ANSWER;
    return Stream.of(
        lost("reset", false, new FakeStep.Reset(), away),
        lost("no first byte", false, new FakeStep.Hang(), away),
        lost("stalls in the body", false, new FakeStep.Stall(WANTS_A_TOOL), away),
        lost("closed in the body", false, new FakeStep.Cut(WANTS_A_TOOL, 0.7), away),
        lost("truncated JSON", false, FakeStep.json("{\"choices\":[{\"message\":{"), broken),
        lost("a web page", false, FakeStep.raw("text/html", bytes("<html>502</html>")), broken),
        lost("an empty body", false, FakeStep.json(""), broken),
        lost("wrong types", false, FakeStep.json("{\"choices\":\"none\"}"), broken),
        lost("bad UTF-8", false, badUtf8(), broken),
        lost("an endless body", false, new FakeStep.Endless("application/json"), broken),
        answered("no usage", whole(""), Booked.ESTIMATED),
        answered(
            "negative usage",
            whole(",\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":5}"),
            Booked.ESTIMATED));
  }

  static Stream<Case> streamedAnswers() {
    ErrorCode away = ErrorCode.PROVIDER_UNAVAILABLE;
    ErrorCode broken = ErrorCode.PROVIDER_ANSWER;
    FakeStep.Failure overloaded =
        new FakeStep.Failure(529, "overloaded_error", "scripted", Map.of());
    return Stream.of(
        lost("reset before a stream", true, new FakeStep.Reset(), away),
        lost("no first byte of a stream", true, new FakeStep.Hang(), away),
        lost("a stream cut politely", true, streamed(3, Fault.END), away),
        lost("a stream cut at once", true, streamed(0, Fault.END), away),
        lost("a stream cut hard", true, streamed(3, Fault.BREAK), away),
        lost("a stream that stalls", true, streamed(3, Fault.STALL), away),
        lost("garbage in a stream", true, streamed(2, Fault.GARBAGE), broken),
        lost("bad UTF-8 in a stream", true, streamed(2, Fault.BAD_UTF8), broken),
        lost("an endless stream", true, endless(), broken),
        lost(
            "an error within a stream",
            true,
            new FakeStep.StreamedError(WANTS_A_TOOL, 2, overloaded),
            away),
        new Case(
            "a doubled count in a stream",
            true,
            new FakeStep.Streamed(WELL, COUNTED_AT, Fault.DOUBLE),
            null,
            false,
            Booked.COUNTED,
            Circuit.State.CLOSED),
        new Case(
            "a slow stream with pings",
            true,
            new FakeStep.Slow(WELL, Duration.ofMillis(60), true),
            null,
            false,
            Booked.COUNTED,
            Circuit.State.CLOSED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"statuses", "plainAnswers", "streamedAnswers"})
  void fault_endsAsTheTableSays(Case fault) throws InterruptedException {
    FakeClock clock = new FakeClock();
    try (Upstream first = Upstream.start("first", FakeStory.always(fault.step()), patience(fault));
        Upstream spare =
            Upstream.start("spare", FakeStory.always(FakeStep.says("spare")), Upstream.PATIENCE)) {
      ModelRouter router =
          new ModelRouter(
              List.of(
                  Models.configured(first.provider(), "m"),
                  Models.configured(spare.provider(), "m")),
              Map.of(),
              List.of(),
              Models.catalogue("first/m", "spare/m"),
              Models.policy(),
              store.database(),
              store.keys(),
              null,
              Privacy.ofDefaults(),
              clock);

      check(fault, router, first.server(), spare.server(), clock);
      for (int i = 1; i < Circuit.FAILURES_IN_A_ROW; i++) {
        ask(router, task(fault), new MemoryDurable(task(fault), clock));
      }
      assertThat(router.health("first", "m").circuit())
          .isEqualTo(fault.circuit().name().toLowerCase(java.util.Locale.ROOT));
      assertThat(first.server().bytesSent())
          .isLessThan(FLOOD_BYTES_MAX * Circuit.FAILURES_IN_A_ROW);
    }
  }

  /** Scarce only where nothing comes: a busy machine must not look like a hanging one. */
  private static Duration patience(Case fault) {
    boolean silent =
        fault.step() instanceof FakeStep.Hang
            || fault.step() instanceof FakeStep.Stall
            || (fault.step() instanceof FakeStep.Streamed streamed
                && streamed.fault() == Fault.STALL);
    return silent ? Upstream.PATIENCE_SHORT : Upstream.PATIENCE;
  }

  private static void check(
      Case fault,
      ModelRouter router,
      FakeModelServer first,
      FakeModelServer spare,
      FakeClock clock) {
    ModelTask task = task(fault);
    MemoryDurable durable = new MemoryDurable(task, clock);

    Optional<Completion> completion = ask(router, task, durable);

    assertThat(first.calls()).hasSize(1);
    assertThat(spare.calls()).hasSize(fault.fallsBack() ? 1 : 0);
    completion.ifPresent(answer -> {
      assertThat(answer.message().toolCalls()).isEmpty();
      assertThat(answer.message().text()).isEqualTo(fault.fallsBack() ? "spare" : "slow but well");
    });
    assertThat(completion.isPresent()).isEqualTo(fault.code() == null || fault.fallsBack());
    assertThat(durable.story().getFirst())
        .isEqualTo("m first " + (fault.code() == null ? "answered" : fault.code().name()));
    assertThat(booked(durable)).isEqualTo(fault.booked());
    assertThat(durable.booked()).hasSize(fault.fallsBack() ? 2 : 1);
    if (fault.fallsBack()) {
      assertThat(durable.events().getFirst()).contains("model.fallback", "code=" + fault.code());
    }
  }

  /** How the first attempt was booked. */
  private static Booked booked(MemoryDurable durable) {
    List<Object> row = durable.booked().getFirst().parameters();
    boolean estimated = row.contains(true);
    if (row.contains("answered")) {
      return estimated ? Booked.ESTIMATED : Booked.COUNTED;
    }
    return row.contains("unsettled") ? Booked.UNSETTLED : Booked.FREE;
  }

  private static Optional<Completion> ask(
      ModelRouter router, ModelTask task, MemoryDurable durable) {
    try {
      return Optional.of(router.complete(durable, "m", task));
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }

  private static ModelTask task(Case fault) {
    ModelTask task = Models.task(Routing.PINNED, "first", "spare");
    return new ModelTask(
        task.request(),
        task.agent(),
        task.llm(),
        task.messages(),
        task.tools(),
        fault.streamed() ? ModelCaller.STREAM_ABOVE_TOKENS + 1 : 256);
  }

  private static List<Case> status(
      int status, ErrorCode code, boolean fallsBack, Circuit.State circuit) {
    return Stream.of(false, true)
        .map(streamed ->
            new Case(
                status + (streamed ? " to a stream" : ""),
                streamed,
                FakeStep.fails(status),
                code,
                fallsBack,
                Booked.FREE,
                circuit))
        .toList();
  }

  private static Case lost(String name, boolean streamed, FakeStep step, ErrorCode code) {
    return new Case(name, streamed, step, code, true, Booked.UNSETTLED, Circuit.State.OPEN);
  }

  private static Case answered(String name, FakeStep step, Booked booked) {
    return new Case(name, false, step, null, false, booked, Circuit.State.CLOSED);
  }

  private static FakeStep streamed(int events, Fault fault) {
    return new FakeStep.Streamed(WANTS_A_TOOL, events, fault);
  }

  private static FakeStep endless() {
    FakeStep.Reply large =
        new FakeStep.Reply("x".repeat(150_000), List.of(), StopReason.END, Tokens.of(10, 5));
    return new FakeStep.Streamed(large, 2, Fault.ENDLESS);
  }

  private static FakeStep whole(String usage) {
    return FakeStep.json(
        "{\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"slow but well\"}}]"
            + usage
            + "}");
  }

  private static FakeStep badUtf8() {
    byte[] body = bytes("{\"choices\":[{\"message\":{\"content\":\"?(\"}}]}");
    body[35] = (byte) 0xc3;
    return new FakeStep.Raw(200, "application/json", ByteBuffer.wrap(body), Map.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
