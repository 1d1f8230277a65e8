package io.agentos.runtime.approvals;

import io.agentos.api.ApprovalId;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.vault.TaskKey;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The texts of one approval, sealed as their columns have them. Of an erased task, none opens. */
record ApprovalTexts(TaskKey key, UUID approval) {
  private static final String ERASED = "(erased)";

  ApprovalTexts(TaskKey key, ApprovalId id) {
    this(key, id.value());
  }

  /** The same arguments give the same bytes, for they are compared when a yes is used. */
  byte[] seal(Map<String, @Nullable Object> arguments) {
    return key.sealSame(place("arguments"), CanonicalJson.write(arguments));
  }

  byte[] seal(String column, String text) {
    return key.seal(place(column), text);
  }

  byte[] sealVote(int round, String principal, String comment) {
    return key.seal(vote(round, principal), comment);
  }

  Map<String, @Nullable Object> arguments(byte[] sealed) {
    return key.isErased()
        ? Map.of("erased", true)
        : Json.readObject(key.open(place("arguments"), sealed));
  }

  /** A text; empty where none was given. */
  String open(String column, byte[] sealed) {
    return open(sealed, place(column));
  }

  String openVote(int round, String principal, byte[] sealed) {
    return open(sealed, vote(round, principal));
  }

  private String open(byte[] sealed, String place) {
    if (sealed.length == 0) {
      return "";
    }
    return key.isErased() ? ERASED : key.open(place, sealed);
  }

  private String place(String column) {
    return "approval.%s:%s".formatted(column, approval);
  }

  private String vote(int round, String principal) {
    return "approval_vote.comment:%s:%d:%s".formatted(approval, round, principal);
  }
}
