package io.agentos.runtime.definitions;

import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.McpServerDefinition.Http;
import io.agentos.runtime.definitions.McpServerDefinition.Pin;
import io.agentos.runtime.definitions.McpServerDefinition.Rule;
import io.agentos.runtime.definitions.McpServerDefinition.Stdio;
import io.agentos.runtime.definitions.McpServerDefinition.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the MCP servers of a pack: {@code tools/mcp-SERVER.yaml}, each with its lock. */
final class McpServerReader {
  private static final String FOLDER = "tools/";
  private static final String PREFIX = "mcp-";
  private static final String SUFFIX = ".yaml";
  private static final String LOCK = ".lock.json";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration TIMEOUT_MAX = Duration.ofHours(1);
  private static final Pattern LOCAL_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private final Section document;
  private final Section spec;

  private McpServerReader(Section document) {
    this.document = document;
    this.spec = document.section("spec");
  }

  /** The servers, by name, without those with problems. */
  static List<McpServerDefinition> read(PackFiles files, Problems problems) {
    List<McpServerDefinition> servers = new ArrayList<>();
    for (String file : files.contents().keySet()) {
      if (!file.startsWith(FOLDER) || file.equals(FOLDER + "README.md")) {
        continue;
      }
      String name = file.substring(FOLDER.length());
      if (name.endsWith(SUFFIX)) {
        Definitions.read(files.label(file), files.contents().get(file), DocumentKind.TOOL, problems)
            .map(McpServerReader::new)
            .ifPresent(reader -> servers.add(reader.read(name, files, problems)));
      } else if (!name.endsWith(LOCK)
          || !files.contents().containsKey(file.replace(LOCK, SUFFIX))) {
        problems.add(
            files.label(file),
            "found a file of another kind; allowed: mcp-SERVER.yaml, its mcp-SERVER.lock.json and"
                + " README.md");
      }
    }
    return servers;
  }

  private McpServerDefinition read(String file, PackFiles files, Problems problems) {
    Section metadata = document.section("metadata");
    String named = metadata.text("name");
    if (!file.equals(named + SUFFIX)) {
      metadata.problem(
          "name",
          "found '%s'; allowed: '%s', as the file is named"
              .formatted(named, file.substring(0, file.length() - SUFFIX.length())));
    }
    String lock = FOLDER + named + LOCK;
    byte[] locked = files.contents().get(lock);
    List<Pin> pins = locked == null ? List.of() : McpLock.read(files.label(lock), locked, problems);
    Duration timeout = spec.duration("timeout", TIMEOUT_MAX).orElse(TIMEOUT);
    McpServerDefinition server =
        new McpServerDefinition(
            named.substring(PREFIX.length()),
            metadata.text("description"),
            transport(),
            timeout,
            rules(timeout),
            pins);
    checkNames(server, files.label(lock), problems);
    return server;
  }

  private Transport transport() {
    if (spec.has("stdio") == spec.has("http")) {
      document.problem("spec", "found both or none of stdio and http; allowed: exactly one");
    }
    if (spec.has("http")) {
      Section http = spec.section("http");
      return new Http(http.text("url"), http.section("headers").textMembers());
    }
    Section stdio = spec.section("stdio");
    return new Stdio(
        stdio.text("command"),
        stdio.texts("args"),
        stdio.section("env").textMembers(),
        stdio.text("folder"));
  }

  private List<Rule> rules(Duration timeout) {
    List<Rule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Section tool : spec.sections("tools")) {
      String remote = tool.text("name");
      if (!seen.add(remote)) {
        tool.problem(
            "name",
            "found %s a second time; allowed: each name once".formatted(Problems.quoted(remote)));
      }
      rules.add(
          new Rule(
              remote,
              tool.has("as") ? tool.text("as") : McpServerDefinition.localName(remote),
              effect(tool.text("effect")),
              tool.has("zone")
                  ? Zone.valueOf(tool.text("zone").toUpperCase(Locale.ROOT))
                  : Zone.RED,
              tool.duration("timeout", TIMEOUT_MAX).orElse(timeout),
              tool.number("costUsdMicros").orElse(0L)));
    }
    return rules;
  }

  private static ToolSpec.Effect effect(String name) {
    return switch (name) {
      case "read" -> ToolSpec.Effect.READ_ONLY;
      case "idempotent" -> ToolSpec.Effect.IDEMPOTENT;
      default -> ToolSpec.Effect.ONCE;
    };
  }

  /** Each approved tool has a name of its own that fits. */
  private static void checkNames(McpServerDefinition server, String lock, Problems problems) {
    Set<String> names = new HashSet<>();
    for (Pin pin : server.pins()) {
      nameProblem(server, pin.remote(), names).ifPresent(problem -> problems.add(lock, problem));
    }
  }

  private static Optional<String> nameProblem(
      McpServerDefinition server, String remote, Set<String> names) {
    String name = server.rule(remote).as();
    if (!LOCAL_NAME.matcher(name).matches()) {
      return Optional.of(
          "tool %s would be named '%s'; name it with spec.tools[].as, 1 to 40 of a-z, 0-9 and '_'"
              .formatted(Problems.quoted(remote), name));
    }
    return names.add(name)
        ? Optional.empty()
        : Optional.of(
            "two tools would be named '%s'; name %s otherwise with spec.tools[].as"
                .formatted(name, Problems.quoted(remote)));
  }
}
