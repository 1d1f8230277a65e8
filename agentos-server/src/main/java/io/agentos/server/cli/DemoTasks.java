package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import io.agentos.server.config.BuiltIn;
import io.agentos.server.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * The tasks that packs bring to show themselves: in each pack's folder a {@code demo.json}, an
 * array of bodies for {@code POST /v1/tasks}.
 */
final class DemoTasks {
  private static final int TASKS_MAX = 100;

  private final Session session;

  DemoTasks(Session session) {
    this.session = session;
  }

  /** Submits all of them and says how many the server took. */
  void submit(Config config, ApiClient client) {
    List<Fields> tasks = new ArrayList<>();
    try (BuiltIn builtIn = BuiltIn.open(session.surroundings().environment())) {
      tasks.addAll(in(builtIn.folder("packs")));
      config.packs().folders().forEach(folder -> tasks.addAll(in(folder)));
    }
    int taken = 0;
    for (Fields task : tasks.subList(0, Math.min(TASKS_MAX, tasks.size()))) {
      taken += submit(client, task) ? 1 : 0;
    }
    session.terminal().say("Submitted " + Words.count(taken, "demo task") + ".");
  }

  private boolean submit(ApiClient client, Fields task) {
    try {
      client.post("/v1/tasks", task.asMap());
      return true;
    } catch (CliException e) {
      session.terminal().say("agentos: " + e.getMessage());
      return false;
    }
  }

  private List<Fields> in(Path packs) {
    List<Fields> tasks = new ArrayList<>();
    try (Stream<Path> folders = Files.list(packs)) {
      for (Path folder : folders.sorted().toList()) {
        Path file = folder.resolve("demo.json");
        if (Files.isRegularFile(file)) {
          Json.readTree(Files.readAllBytes(file)).forEach(task -> tasks.add(new Fields(task)));
        }
      }
    } catch (IOException | JacksonException e) {
      session
          .terminal()
          .say(
              "agentos: the demo tasks in %s cannot be read (%s)".formatted(packs, e.getMessage()));
    }
    return tasks;
  }
}
