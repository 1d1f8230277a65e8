package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which tasks are meant. */
final class TaskFilters {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "queued, running, waiting, completed, failed, denied or cancelled")
  private String state = "";

  @Option(names = "--pack", paramLabel = "PACK", description = "of this pack")
  private String pack = "";

  @Option(names = "--agent", paramLabel = "AGENT", description = "of this agent")
  private String agent = "";

  @Option(names = "--type", paramLabel = "TYPE", description = "of this type")
  private String type = "";

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "with this label")
  private String label = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "made at or after this RFC 3339 time")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "made before this RFC 3339 time")
  private String until = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most so many (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  int limit() {
    return ListLimit.checked(limit);
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("state", state);
    parameters.put("pack", pack);
    parameters.put("agent", agent);
    parameters.put("type", type);
    parameters.put("label", label);
    parameters.put("since", since);
    parameters.put("until", until);
    return parameters;
  }
}
