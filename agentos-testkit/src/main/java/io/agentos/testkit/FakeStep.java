package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeModelServer} does with one call. */
public sealed interface FakeStep {
  /**
   * Answers well, in the words of the server's dialect; as a stream where the request asks for one.
   *
   * @param tokens null to tell none
   * @param thoughts shown before the text, where the dialect can; seals as they travel
   */
  record Reply(
      String text,
      List<ToolCall> toolCalls,
      StopReason stopReason,
      @Nullable Tokens tokens,
      List<Part.Thought> thoughts)
      implements FakeStep {
    public Reply {
      toolCalls = List.copyOf(toolCalls);
      thoughts = List.copyOf(thoughts);
    }

    public Reply(
        String text, List<ToolCall> toolCalls, StopReason stopReason, @Nullable Tokens tokens) {
      this(text, toolCalls, stopReason, tokens, List.of());
    }
  }

  /**
   * Answers with an error in the dialect's shape.
   *
   * @param type the dialect's word for the error, such as {@code rate_limit_exceeded}
   * @param message the dialect's text for people
   */
  record Failure(int status, String type, String message, Map<String, String> headers)
      implements FakeStep {
    public Failure {
      headers = Map.copyOf(headers);
    }
  }

  /** Answers these bytes, from the buffer's position to its limit. */
  record Raw(int status, String contentType, ByteBuffer body, Map<String, String> headers)
      implements FakeStep {
    public Raw {
      body = body.asReadOnlyBuffer();
      headers = Map.copyOf(headers);
    }

    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }

  /**
   * Streams so many events of a reply, then does what the fault says.
   *
   * @param events how many come before, from 0 to all of them
   */
  record Streamed(Reply reply, int events, Fault fault) implements FakeStep {}

  /** Streams so many events of a reply, then one that tells an error. */
  record StreamedError(Reply reply, int events, Failure failure) implements FakeStep {}

  /** Streams a reply, after each event nothing for a while; then a ping, where it says so. */
  record Slow(Reply reply, Duration pause, boolean pings) implements FakeStep {}

  /** What can befall a stream. */
  enum Fault {
    /** It ends well, as far as HTTP can tell. */
    END,
    /** The connection is closed in the middle of a chunk. */
    BREAK,
    /** Nothing more comes until the client closes. */
    STALL,
    /** The last event comes once more, and then the rest. */
    DOUBLE,
    /** An event comes that is no JSON, and then the rest. */
    GARBAGE,
    /** An event comes that is not UTF-8, and then the rest. */
    BAD_UTF8,
    /** The last event comes for ever, as fast as the client takes it. */
    ENDLESS
  }

  /** Promises a whole body, sends a part of it and closes the connection. */
  record Cut(Reply reply, double part) implements FakeStep {}

  /** Sends the head and half of a body, then nothing until the client closes. */
  record Stall(Reply reply) implements FakeStep {}

  /** Sends nothing until the client closes. */
  record Hang() implements FakeStep {}

  /** Resets the connection without an answer. */
  record Reset() implements FakeStep {}

  /** Sends a body that begins well and never ends, as fast as the client takes it. */
  record Endless(String contentType) implements FakeStep {}

  /** Says {@code text} and ends: 10 tokens in, 5 out. */
  static Reply says(String text) {
    return new Reply(text, List.of(), StopReason.END, Tokens.of(10, 5));
  }

  /** Wants tools to be run: 10 tokens in, 5 out. */
  static Reply calls(ToolCall... toolCalls) {
    return new Reply("", List.of(toolCalls), StopReason.TOOL_CALLS, Tokens.of(10, 5));
  }

  /** Wants one tool to be run. */
  static Reply calls(String id, String tool, Map<String, @Nullable Object> arguments) {
    return calls(new ToolCall(id, tool, arguments));
  }

  /** Answers with an error status. */
  static Failure fails(int status) {
    return new Failure(status, "scripted_error", "scripted", Map.of());
  }

  /** Answers {@code body} as JSON with status 200. */
  static Raw json(String body) {
    return raw("application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers {@code body} with status 200. */
  static Raw raw(String contentType, byte... body) {
    return new Raw(200, contentType, ByteBuffer.wrap(body.clone()), Map.of());
  }
}
