package io.agentos.runtime.models;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.testkit.ChatCompletionsDialect;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStep.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a provider may do wrong, and what is booked of it. */
final class FaultCases {
  static final FakeStep.Reply WANTS_A_TOOL =
      FakeStep.calls(
          new ToolCall("call_1", "files.delete", Map.of("path", "a")),
          new ToolCall("call_2", "files.delete", Map.of("path", "b")));

  static final FakeStep.Reply WELL = FakeStep.says("slow but well");

  /** The events of that reply up to the one with the count. */
  static final int COUNTED_AT = new ChatCompletionsDialect().events(WELL, 1).size() - 1;

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

  static List<Case> status(int status, ErrorCode code, boolean fallsBack, Circuit.State circuit) {
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

  static Case lost(String name, boolean streamed, FakeStep step, ErrorCode code) {
    return new Case(name, streamed, step, code, true, Booked.UNSETTLED, Circuit.State.OPEN);
  }

  static Case answered(String name, FakeStep step, Booked booked) {
    return new Case(name, false, step, null, false, booked, Circuit.State.CLOSED);
  }

  static FakeStep streamed(int events, Fault fault) {
    return new FakeStep.Streamed(WANTS_A_TOOL, events, fault);
  }

  static FakeStep endless() {
    FakeStep.Reply large =
        new FakeStep.Reply("x".repeat(150_000), List.of(), StopReason.END, Tokens.of(10, 5));
    return new FakeStep.Streamed(large, 2, Fault.ENDLESS);
  }

  static FakeStep whole(String usage) {
    return FakeStep.json(
        "{\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"slow but well\"}}]"
            + usage
            + "}");
  }

  static FakeStep badUtf8() {
    byte[] body = bytes("{\"choices\":[{\"message\":{\"content\":\"?(\"}}]}");
    body[35] = (byte) 0xc3;
    return new FakeStep.Raw(200, "application/json", ByteBuffer.wrap(body), Map.of());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
