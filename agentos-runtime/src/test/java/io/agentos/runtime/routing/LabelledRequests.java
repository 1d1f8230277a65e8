package io.agentos.runtime.routing;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests in the words of users, each with the agent that should get it, over the real packs. */
final class LabelledRequests {
  static final List<PackDefinition> PACKS = PackLoader.load(Path.of("..", "packs"));

  private static final Path FOLDER = Path.of("src/test/resources/routing");
  private static final Request.Target ANYBODY = new Request.Target(null, null, null);
  private static final String NONE = "none";

  private LabelledRequests() {}

  /**
   * A line of the files.
   *
   * @param agent the agent's id, or {@code none} where the router must refuse to choose
   */
  record Labelled(
      String agent, @Nullable String text, @Nullable Map<String, @Nullable Object> input) {
    TaskInput taskInput() {
      if (input == null) {
        return new TaskInput.Text(text == null ? "" : text);
      }
      Map<String, @Nullable Object> fields = new LinkedHashMap<>(input);
      if (text != null) {
        fields.put(TaskInput.TEXT_FIELD, text);
      }
      return new TaskInput.Fields(fields);
    }
  }

  /** What the router makes of the lines. */
  record Outcome(int right, List<String> wrong) {
    double accuracy() {
      return (double) right / (right + wrong.size());
    }

    String told() {
      return String.join("\n", wrong);
    }
  }

  static List<Labelled> read(String name) throws IOException {
    return Files.readAllLines(FOLDER.resolve(name)).stream()
        .filter(line -> !line.isBlank())
        .map(line -> Json.read(line, Labelled.class))
        .toList();
  }

  static Outcome outcome(List<Labelled> requests) {
    TaskRouter router = new TaskRouter();
    int right = 0;
    List<String> wrong = new ArrayList<>();
    for (Labelled request : requests) {
      Analysis analysis = router.analyse(ANYBODY, request.taskInput(), PACKS);
      AgentId agent = analysis.agent();
      String found = agent == null ? NONE : agent.toString();
      if (found.equals(request.agent())) {
        right++;
      } else {
        wrong.add(
            "%s -> %s %s: %s"
                .formatted(
                    request.agent(),
                    found,
                    request.text(),
                    analysis.considered().stream().limit(3).toList()));
      }
    }
    return new Outcome(right, wrong);
  }
}
