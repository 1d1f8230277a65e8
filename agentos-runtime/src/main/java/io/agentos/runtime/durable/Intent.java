package io.agentos.runtime.durable;

import io.agentos.api.ToolSpec;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.store.Write;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task is about to do outside.
 *
 * @param name the step's name, such as {@code turn-1/model}
 * @param safety what a second call would do; a model call is READ_ONLY: it costs, it changes
 *     nothing
 * @param digest SHA-256 of the canonical arguments, hexadecimal
 * @param about facts for people: tool or model, never payloads
 * @param writes what must hold to begin, such as the approval that is consumed; commits with the
 *     intent
 * @param timeout after which the call is interrupted
 * @param attemptsMax how often it is tried when errors may pass, 1 to 10
 */
public record Intent(
    String name,
    ToolSpec.Effect safety,
    Reach reach,
    String digest,
    Map<String, Object> about,
    List<Write> writes,
    Duration timeout,
    int attemptsMax) {
  public Intent {
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    writes = List.copyOf(writes);
    if (attemptsMax < 1 || attemptsMax > 10) {
      throw new IllegalArgumentException("attemptsMax is 1 to 10, not " + attemptsMax);
    }
  }
}
