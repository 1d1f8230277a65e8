package io.agentos.runtime.vault;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.store.Row;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The body of a journal's line as it is stored: sealed, and apart when it is long, under a digest,
 * so that a task that says the same again stores it once.
 *
 * @param body the sealed body; of a long one a seal on its digest, so that none can be put in its
 *     place; empty for an empty body
 * @param digest under which a long body is stored; null for a short one
 * @param payload the long body, sealed; null when there is none, or when it was left out
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
public record StoredBody(byte[] body, byte @Nullable [] digest, byte @Nullable [] payload) {
  /** What a reader is shown in place of what was erased. */
  public static final String ERASED = "{\"erased\":true}";

  /** Bodies longer than this are stored once by content; shorter ones cost less in place. */
  private static final int INLINE_LENGTH_MAX = 1_500;

  private static final byte[] EMPTY = new byte[0];

  /** Seals the body of line {@code seq} of the task's journal. */
  public static StoredBody seal(TaskKey key, int seq, String text) {
    if (text.isEmpty()) {
      return new StoredBody(EMPTY, null, null);
    }
    if (text.length() <= INLINE_LENGTH_MAX) {
      return new StoredBody(key.seal(place(seq), text), null, null);
    }
    byte[] digest = key.digest(text);
    return new StoredBody(key.seal(link(seq, digest), ""), digest, key.seal(payload(digest), text));
  }

  /** What a row with the columns {@code body}, {@code payload} and {@code payload_body} holds. */
  public static StoredBody of(Row row) {
    byte[] body = row.optionalBytes("body");
    return new StoredBody(
        body == null ? EMPTY : body,
        row.optionalBytes("payload"),
        row.optionalBytes("payload_body"));
  }

  /**
   * The body of line {@code seq}.
   *
   * @param position the place of the line's step; what is of no step may have been written by a
   *     statement, which knows nothing of the task and seals nothing
   */
  public String open(TaskKey key, int seq, int position) {
    if (digest != null) {
      return openLong(key, seq, digest);
    }
    if (body.length == 0) {
      return "";
    }
    if (position == 0 && !TaskKey.isSealed(body)) {
      return new String(body, StandardCharsets.UTF_8);
    }
    return key.open(place(seq), body);
  }

  private String openLong(TaskKey key, int seq, byte[] digest) {
    if (key.id() != null) {
      key.open(link(seq, digest), body);
    }
    if (payload == null) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "Line %d of the journal of task %s has lost its long body.".formatted(seq, key.task()));
    }
    return key.open(payload(digest), payload);
  }

  private static String place(int seq) {
    return "journal.body:" + seq;
  }

  private static String link(int seq, byte[] digest) {
    return place(seq) + ":" + HexFormat.of().formatHex(digest);
  }

  private static String payload(byte[] digest) {
    return "payload.body:" + HexFormat.of().formatHex(digest);
  }
}
