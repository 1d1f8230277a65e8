package io.agentos.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A story as a JSON file, for a server in a process of its own: a list of steps, played by turn.
 *
 * <p>A step is one of {@code {"text": "…"}}, {@code {"tool": "files.read", "arguments": {…}}},
 * {@code {"status": 429}} and {@code {"fault": "hang|reset|cut|stall|endless"}}; for streams also
 * {@code {"fault": "stream-end|-break|-stall|-double|-garbage|-bad_utf8|-endless"}}, which befalls
 * them after two events.
 */
public final class FakeStoryFile {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private FakeStoryFile() {}

  /** The story in {@code file}; IllegalArgumentException when a step is none of the above. */
  public static FakeStory read(Path file) {
    List<FakeStep> steps = new ArrayList<>();
    for (JsonNode step : MAPPER.readTree(file.toFile())) {
      steps.add(step(step, steps.size() + 1));
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a story needs at least one step");
    }
    return FakeStory.byTurn(steps);
  }

  private static FakeStep step(JsonNode step, int place) {
    if (step.has("text")) {
      return FakeStep.says(step.path("text").asString());
    }
    if (step.has("tool")) {
      return FakeStep.calls(
          "call_" + place, step.path("tool").asString(), arguments(step.path("arguments")));
    }
    if (step.has("status")) {
      return FakeStep.fails(step.path("status").asInt());
    }
    return fault(step.path("fault").asString("").toLowerCase(Locale.ROOT), place);
  }

  private static FakeStep fault(String fault, int place) {
    for (FakeStep.Fault ofStream : FakeStep.Fault.values()) {
      if (fault.equals("stream-" + ofStream.name().toLowerCase(Locale.ROOT))) {
        return new FakeStep.Streamed(FakeStep.says("ok"), 2, ofStream);
      }
    }
    return switch (fault) {
      case "hang" -> new FakeStep.Hang();
      case "reset" -> new FakeStep.Reset();
      case "cut" -> new FakeStep.Cut(FakeStep.says("ok"), 0.5);
      case "stall" -> new FakeStep.Stall(FakeStep.says("ok"));
      case "endless" -> new FakeStep.Endless("application/json");
      default ->
          throw new IllegalArgumentException(
              "step %d of the story must have text, tool, status or fault".formatted(place));
    };
  }

  private static Map<String, @Nullable Object> arguments(JsonNode arguments) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name : arguments.propertyNames()) {
      values.put(name, MAPPER.convertValue(arguments.get(name), Object.class));
    }
    return values;
  }
}
