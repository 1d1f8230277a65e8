package io.agentos.runtime.state;

import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Folds the lines of a journal into its steps. */
final class StepViews {
  private StepViews() {}

  static List<StepView> of(List<Entry> journal) {
    Map<Integer, List<Entry>> lines = new TreeMap<>();
    for (Entry entry : journal) {
      if (entry.position() > 0) {
        lines.computeIfAbsent(entry.position(), _ -> new ArrayList<>()).add(entry);
      }
    }
    return lines.values().stream().map(StepViews::view).toList();
  }

  private static StepView view(List<Entry> lines) {
    Entry first = lines.getFirst();
    Entry last = lines.getLast();
    Map<String, @Nullable Object> about = Map.of();
    JsonNode result = null;
    JsonNode usage = null;
    JsonNode error = null;
    Instant ended = null;
    for (Entry line : lines) {
      switch (line.state()) {
        case INTENT -> about = Json.readObject(line.body());
        case COMMITTED, DISCARDED -> {
          JsonNode body = tree(line.body());
          result = body == null ? null : body.get("value");
          usage = body == null ? null : body.get("usage");
          error = null;
          ended = line.at();
        }
        case FAILED -> {
          error = tree(line.body());
          ended = line.at();
        }
        case UNKNOWN -> ended = line.at();
        case null -> {
          // The line of a wait: it has no outcome of its own.
        }
      }
    }
    return new StepView(
        first.position(),
        first.name(),
        last.state() == null ? "waiting" : last.state().text(),
        lines.stream().mapToInt(Entry::attempt).max().orElse(1),
        about,
        result,
        error,
        usage,
        first.at(),
        last.state() == Entry.State.INTENT ? null : ended);
  }

  private static @Nullable JsonNode tree(String body) {
    return body.isEmpty() ? null : Json.readTree(body.getBytes(StandardCharsets.UTF_8));
  }
}
