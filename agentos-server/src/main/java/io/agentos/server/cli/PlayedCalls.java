package io.agentos.server.cli;

import java.util.Set;
import java.util.TreeSet;

/**
 * Whether recordings answered a task's model calls, as its events tell.
 *
 * <p>Not thread-safe: one task, one reader.
 */
final class PlayedCalls {
  private static final String REPLAY = "replay";

  private final Set<String> recordings = new TreeSet<>();
  private boolean anyAsked;

  /** Takes note of an event. */
  void on(Event event) {
    if (!event.type().equals("model.called")) {
      return;
    }
    if (event.data().text("provider").equals(REPLAY)) {
      recordings.add(event.data().text("model"));
    } else {
      anyAsked = true;
    }
  }

  /** Says that no model was asked, where that is so because of recordings. */
  void tell(Terminal terminal, RecordingOptions options) {
    if (!recordings.isEmpty() && !anyAsked) {
      terminal.say(
          "replayed from %s: no model was asked"
              .formatted(options.replay().orElse("recording " + String.join(", ", recordings))));
    }
  }
}
