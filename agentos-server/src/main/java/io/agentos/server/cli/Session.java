package io.agentos.server.cli;

import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader;
import io.agentos.server.config.ConfigLoader.Flag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the commands share: the terminal, the configuration, the server. Thread-safe. */
record Session(Surroundings surroundings, Servers servers) {
  /** The most objects one listing shows. */
  static final int LIST_LENGTH_MAX = 10_000;

  private static final int PAGE_LENGTH = 100;

  Terminal terminal() {
    return surroundings.terminal();
  }

  /** The configuration, as these options and more flags make it. */
  Config config(ConfigOptions options, List<Flag> flags) {
    return new ConfigLoader(
            surroundings.environment(), surroundings.workingDirectory(), surroundings.home())
        .load(options.file(), flags);
  }

  Config config(ConfigOptions options) {
    return config(options, options.flags());
  }

  /** A client of the server that runs. */
  ApiClient client(ConfigOptions options) {
    return servers.required(config(options));
  }

  /** The first objects of a collection that are wanted, page by page. */
  List<Fields> list(
      ApiClient client,
      String path,
      Map<String, String> filters,
      int limit,
      Predicate<Fields> wanted) {
    List<Fields> found = new ArrayList<>();
    String cursor = "";
    do {
      Map<String, String> parameters = new LinkedHashMap<>(filters);
      parameters.put("limit", Integer.toString(Math.min(limit, PAGE_LENGTH)));
      parameters.put("cursor", cursor);
      Fields page = client.get(ApiClient.query(path, parameters));
      page.list("data").stream().filter(wanted).limit(limit - found.size()).forEach(found::add);
      cursor = page.text("next_cursor");
    } while (!cursor.isEmpty() && found.size() < limit);
    return found;
  }

  /** The agents of the server. */
  List<Fields> agents(ApiClient client) {
    return list(client, "/v1/agents", Map.of(), LIST_LENGTH_MAX, agent -> true);
  }

  /** Shows a listing: as JSON, or as rows. */
  void show(OutputOption output, List<Fields> found, Table table) {
    if (output.json()) {
      print(Map.of("data", found.stream().map(Fields::json).toList()));
    } else if (found.isEmpty()) {
      terminal().say("none");
    } else {
      terminal().print(String.join("\n", table.lines()));
    }
  }

  /** Prints a value as JSON on several lines. */
  void print(Object value) {
    terminal().print(Fields.of(value).pretty());
  }
}
