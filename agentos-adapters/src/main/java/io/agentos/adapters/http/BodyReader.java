package io.agentos.adapters.http;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;

/**
 * Reads the body of one answer: whole, as an error, or event by event, each within bounds of size
 * and time.
 */
final class BodyReader {
  /** The longest stream that is read: 384,000 tokens of the most talkative provider fit. */
  static final long STREAM_BYTES_MAX = 256L * 1024 * 1024;

  private static final int ERROR_BYTES_MAX = 64 * 1024;
  private static final int DRAIN_PARTS_MAX = 16;
  private static final Duration DRAIN_MAX = Duration.ofMillis(100);
  private static final Duration ERROR_BODY_MAX = Duration.ofSeconds(5);

  private final Incoming body;
  private final Deadline deadline;

  BodyReader(Incoming body, Deadline deadline) {
    this.body = body;
    this.deadline = deadline;
  }

  /** The head with the whole body, which is UTF-8 of bounded size. */
  ProviderAnswer whole(ProviderAnswer head) throws IOException, InterruptedException {
    return whole(head, List.of());
  }

  /** What came of an error's body in a short time: the status says it all even when it is cut. */
  ProviderAnswer error(ProviderAnswer head) throws InterruptedException {
    Deadline soon = deadline.orIn(ERROR_BODY_MAX);
    Bytes bytes = new Bytes();
    try {
      List<ByteBuffer> part = body.next(soon.left());
      while (!part.isEmpty() && bytes.size() < ERROR_BYTES_MAX) {
        bytes.add(part);
        part = body.next(soon.left());
      }
    } catch (IOException e) {
      return head.withBody(bytes);
    }
    return head.withBody(bytes);
  }

  /**
   * Hands each event to the handler until it has enough.
   *
   * @throws HttpTimeoutException when nothing came for {@code idle}
   * @throws IOException when the stream ended before
   */
  void events(ProviderAnswer head, EventHandler handler, Duration idle)
      throws IOException, InterruptedException {
    List<ByteBuffer> part = next(idle);
    if (isPlain(part)) {
      throw ProviderFailure.inPlaceOfStream(whole(head, part));
    }
    EventStream stream = new EventStream((event, data) -> handler.on(head, event, data));
    long length = 0;
    try {
      while (!part.isEmpty()) {
        for (ByteBuffer buffer : part) {
          length += buffer.remaining();
        }
        if (length > STREAM_BYTES_MAX) {
          throw head.broken("a stream of more than " + STREAM_BYTES_MAX + " bytes");
        }
        if (stream.add(part)) {
          drain();
          return;
        }
        part = next(idle);
      }
    } catch (CharacterCodingException e) {
      throw head.broken("text that is not UTF-8");
    } catch (EventStream.TooLongException e) {
      throw head.broken("an event of more than " + EventStream.EVENT_BYTES_MAX + " bytes");
    }
    throw new IOException("the stream ended before it had said all");
  }

  /**
   * Takes in the end, which has come with the last event or comes at once, to keep the connection.
   */
  private void drain() throws InterruptedException {
    Deadline soon = deadline.orIn(DRAIN_MAX);
    int left = DRAIN_PARTS_MAX;
    try {
      while (!body.next(soon.left()).isEmpty() && left > 0) {
        left--;
      }
    } catch (IOException e) {
      // Then the connection is closed, as it would have been without waiting.
    }
  }

  private ProviderAnswer whole(ProviderAnswer head, List<ByteBuffer> begun)
      throws IOException, InterruptedException {
    Bytes bytes = new Bytes();
    bytes.add(begun);
    List<ByteBuffer> part = body.next(deadline.left());
    while (!part.isEmpty()) {
      bytes.add(part);
      if (bytes.size() > ProviderHttp.ANSWER_BYTES_MAX) {
        throw head.broken("more than " + ProviderHttp.ANSWER_BYTES_MAX + " bytes");
      }
      part = body.next(deadline.left());
    }
    try {
      Utf8.check(bytes.array(), bytes.start(), bytes.size());
    } catch (CharacterCodingException e) {
      throw head.broken("text that is not UTF-8");
    }
    return head.withBody(bytes);
  }

  private List<ByteBuffer> next(Duration idle) throws IOException, InterruptedException {
    Duration left = deadline.left();
    if (left.compareTo(idle) <= 0) {
      return body.next(left);
    }
    try {
      return body.next(idle);
    } catch (HttpTimeoutException e) {
      throw new IdleException(idle, e);
    }
  }

  /** Whether a JSON document or a page came instead of events: no field begins like that. */
  private static boolean isPlain(List<ByteBuffer> part) {
    for (ByteBuffer buffer : part) {
      for (int i = buffer.position(); i < buffer.limit(); i++) {
        byte next = buffer.get(i);
        if (!Character.isWhitespace(next)) {
          return next == '{' || next == '[' || next == '<';
        }
      }
    }
    return false;
  }

  /** A stream that was silent for too long. */
  static final class IdleException extends HttpTimeoutException {
    private static final long serialVersionUID = 1L;

    private final transient Duration idle;

    IdleException(Duration idle, HttpTimeoutException cause) {
      super("idle");
      this.idle = idle;
      initCause(cause);
    }

    Duration idle() {
      return idle;
    }
  }
}
