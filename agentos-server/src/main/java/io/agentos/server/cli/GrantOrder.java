package io.agentos.server.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a standing grant. */
final class GrantOrder {
  @Option(
      names = "--tool",
      required = true,
      paramLabel = "PATTERN",
      description = "a tool, GROUP.* or *")
  private String tool = "";

  @Option(
      names = "--agent",
      required = true,
      paramLabel = "PATTERN",
      description = "an agent, PACK.* or *")
  private String agent = "";

  @Option(
      names = "--count",
      required = true,
      paramLabel = "N",
      description = "at most so many calls")
  private int count;

  @Option(
      names = "--until",
      required = true,
      paramLabel = "TIME",
      description = "an RFC 3339 time, such as 2026-12-01T00:00:00Z")
  private String until = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; kept in the audit log")
  private String reason = "";

  @Option(
      names = "--equals",
      paramLabel = "PATH=JSON",
      description = "an argument that must be this, such as /to='\"ann@example.org\"'")
  private Map<String, String> equal = new LinkedHashMap<>();

  @Option(
      names = "--one-of",
      paramLabel = "PATH=JSON",
      description = "an argument that must be in this list, such as /currency='[\"EUR\",\"USD\"]'")
  private Map<String, String> oneOf = new LinkedHashMap<>();

  @Option(
      names = "--max",
      paramLabel = "PATH=NUMBER",
      description = "an argument that must be a number from 0 to this, such as /amount=50")
  private Map<String, BigDecimal> max = new LinkedHashMap<>();

  @Option(names = "--red", description = "also what would act in zone red; for admins")
  private boolean red;

  /** What is sent. */
  Map<String, Object> body() {
    List<Map<String, Object>> bounds = new ArrayList<>();
    equal.forEach((path, json) -> bounds.add(bound(path, "equals", value("--equals", json))));
    oneOf.forEach((path, json) -> bounds.add(bound(path, "one_of", value("--one-of", json))));
    max.forEach((path, most) -> bounds.add(bound(path, "max", most)));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("tool", tool);
    body.put("agent", agent);
    body.put("bounds", bounds);
    body.put("red", red);
    body.put("count_max", count);
    body.put("expires_at", until);
    body.put("reason", reason);
    return body;
  }

  private static Map<String, Object> bound(String path, String kind, Object value) {
    Map<String, Object> bound = new LinkedHashMap<>();
    bound.put("path", path.startsWith("/") ? path : "/" + path);
    bound.put(kind, value);
    return bound;
  }

  private static Object value(String option, String json) {
    return TasksCommand.json(option, json);
  }

  /** The bounds of a grant in words, such as {@code /amount<=50}. */
  static String bounds(Fields grant) {
    List<String> words = new ArrayList<>();
    for (Fields bound : grant.list("bounds")) {
      String path = bound.raw("path");
      words.add(
          bound.has("max")
              ? path + "<=" + bound.text("max")
              : path + " in " + bound.json().path("one_of"));
    }
    return Visible.text(String.join(", ", words));
  }
}
