package io.agentos.adapters.replay;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays recorded turns instead of calling a model, and says so: every completion names the provider
 * {@code replay} and the recording as its model.
 *
 * <p>The recording is the one that the request's model names, {@code NAME} or {@code replay/NAME};
 * without a model it is the one made for the request's system prompt. The turn is the number of
 * assistant messages so far. So the answer depends on the request alone, and a call made again
 * under the same key gets the same answer. Thread-safe.
 */
public final class ReplayProvider implements ModelProvider {
  /** Its name in configuration and records. */
  public static final String ID = "replay";

  private static final String PREFIX = ID + "/";
  private static final int NAMES_SHOWN_MAX = 20;

  private final Map<String, Recording> byName = new TreeMap<>();
  private final Map<String, Recording> bySystemDigest = new HashMap<>();

  /**
   * @throws AgentOsException INVALID_DEFINITION when two recordings have the same name or were made
   *     for the same system prompt
   */
  public ReplayProvider(List<Recording> recordings) {
    for (Recording recording : recordings) {
      Recording same = byName.put(recording.name(), recording);
      if (same != null) {
        throw twice("the name", recording, same);
      }
      Recording rival =
          recording.systemDigest().isEmpty()
              ? null
              : bySystemDigest.put(recording.systemDigest(), recording);
      if (rival != null) {
        throw twice("the systemSha256", recording, rival);
      }
    }
  }

  @Override
  public String id() {
    return ID;
  }

  /**
   * The recorded answer of the request's turn.
   *
   * @throws AgentOsException PROVIDER_REFUSED when there is no such recording or no such turn
   */
  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    Recording recording = recording(request);
    int turn =
        (int) request.messages().stream().filter(Message.Assistant.class::isInstance).count();
    return recording
        .turn(turn)
        .orElseThrow(() ->
            refused(
                "Recording %s has %d turns; turn %d was asked for. Record the task again."
                    .formatted(recording.name(), recording.turns().size(), turn + 1)));
  }

  private Recording recording(ModelRequest request) {
    String name =
        request.model().startsWith(PREFIX)
            ? request.model().substring(PREFIX.length())
            : request.model();
    if (!name.isEmpty()) {
      Recording named = byName.get(name);
      if (named == null) {
        throw refused("There is no recording '%s'. %s".formatted(name, known()));
      }
      return named;
    }
    String digest = Recording.digest(request.system());
    Recording made = bySystemDigest.get(digest);
    if (made == null) {
      throw refused(
          "No recording was made for this system prompt (SHA-256 %s). %s"
              .formatted(digest, known()));
    }
    return made;
  }

  private String known() {
    if (byName.isEmpty()) {
      return "There are none.";
    }
    String names = String.join(", ", byName.keySet().stream().limit(NAMES_SHOWN_MAX).toList());
    int more = byName.size() - NAMES_SHOWN_MAX;
    return more > 0
        ? "There are %s and %d more.".formatted(names, more)
        : "There are: " + names + ".";
  }

  private static AgentOsException refused(String message) {
    return new AgentOsException(ErrorCode.PROVIDER_REFUSED, message);
  }

  private static AgentOsException twice(String what, Recording one, Recording other) {
    return new AgentOsException(
        ErrorCode.INVALID_DEFINITION,
        "Recordings %s and %s have %s in common; it must be of one only."
            .formatted(other.name(), one.name(), what));
  }
}
