package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Part;
import java.util.List;
import java.util.Optional;

/** The shape in which a vendor's servers speak, as far as a {@link FakeModelServer} needs it. */
public interface ModelServerDialect {

  /** The body of a whole answer. {@code number} makes its ids unique. */
  String reply(FakeStep.Reply reply, int number);

  /** The body of an error answer. */
  String failure(FakeStep.Failure failure);

  /** How many messages of the model a request body holds: the number of turns before this one. */
  int turnsBefore(String requestBody);

  /** Whether a request asks for a stream. */
  boolean streams(String path, String requestBody);

  /**
   * The same answer as {@link #reply}, as it is streamed: server-sent events as they stand on the
   * wire, each with the blank line that ends it, the text and each call in several of them. The
   * last one ends the answer.
   */
  List<String> events(FakeStep.Reply reply, int number);

  /** The event that tells an error in a stream that has begun well. */
  String errorEvent(FakeStep.Failure failure);

  /** What keeps a stream alive and says nothing. */
  default String ping() {
    return ": keep-alive\n\n";
  }

  /** What a request asks. */
  AskedCall asked(String requestBody);

  /** Whether the vendor can be told where to stop. */
  default boolean takesStopSequences() {
    return true;
  }

  /** What the vendor wants back of a thought in the next turn; empty where it wants nothing. */
  default Optional<String> returned(Part.Thought thought) {
    return Optional.of(thought.seal());
  }

  /** The reason that comes out where this one goes in: not every vendor can tell each. */
  default StopReason told(StopReason reason) {
    return reason;
  }
}
