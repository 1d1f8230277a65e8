package io.agentos.tools.planning;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.csv.CsvReader;
import io.agentos.tools.files.Printable;
import io.agentos.tools.planning.Task.Estimate;
import io.agentos.tools.planning.Task.Kind;
import io.agentos.tools.planning.Task.Link;
import io.agentos.tools.yaml.YamlDocuments;
import io.agentos.tools.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tasks from CSV or YAML, and says all that is wrong with them at once. */
final class TaskReader {
  static final int TASKS_MAX = 5_000;
  private static final int PROBLEMS_SHOWN = 20;

  /** The names that a column may have. */
  private static final Map<String, Set<String>> COLUMNS =
      Map.of(
          "id", Set.of("id", "task", "key", "wbs", "no", "nr"),
          "name", Set.of("name", "title", "task name", "description", "summary"),
          "duration", Set.of("duration", "days", "estimate", "duration_days", "effort"),
          "depends",
              Set.of("depends", "depends_on", "depends on", "predecessors", "predecessor", "after"),
          "owner", Set.of("owner", "resource", "assignee", "who"),
          "optimistic", Set.of("optimistic", "best", "min"),
          "likely", Set.of("likely", "most_likely", "most likely", "ml"),
          "pessimistic", Set.of("pessimistic", "worst", "max"));

  private static final Pattern LINK =
      Pattern.compile(
          "(.{1,100}?)\\s*(?::?\\s*\\b(FS|SS|FF|SF)\\b)?\\s*(?:([+-])\\s*(\\d{1,9}(?:\\.\\d{1,4})?\\s*[a-z]{0,5}))?");

  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Task> byId = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private TaskReader() {}

  /**
   * The tasks of a text.
   *
   * @throws AgentOsException INVALID_INPUT with everything that is wrong
   */
  static List<Task> read(String text) {
    TaskReader reader = new TaskReader();
    if (looksLikeYaml(text)) {
      reader.yaml(text);
    } else {
      reader.csv(text);
    }
    reader.links();
    if (!reader.problems.isEmpty()) {
      throw wrong(told(reader.problems));
    }
    if (reader.tasks.isEmpty()) {
      throw wrong(
          "Found no task. Wanted a line for each, below a line with id, duration and depends.");
    }
    return List.copyOf(reader.tasks);
  }

  private static String told(List<String> problems) {
    String first =
        String.join("\n- ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())));
    int more = problems.size() - PROBLEMS_SHOWN;
    return "The tasks cannot be read:\n- %s%s"
        .formatted(first, more > 0 ? "\n- and %d more".formatted(more) : "");
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_INPUT, message);
  }

  private static boolean looksLikeYaml(String text) {
    String start =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    return start.startsWith("- ")
        || start.startsWith("---")
        || start.startsWith("{")
        || start.startsWith("[")
        || start.matches("\\s*[\\w-]+:\\s*(?:#.*)?");
  }

  private void csv(String text) {
    CsvReader csv = new CsvReader(text, CsvReader.separatorOf(text));
    CsvReader.Row header =
        csv.next().orElseThrow(() -> wrong("Found an empty text where tasks were wanted."));
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < header.cells().size(); i++) {
      String title = header.cells().get(i).strip().toLowerCase(Locale.ROOT);
      int at = i;
      COLUMNS.forEach((column, names) -> {
        if (names.contains(title)) {
          places.putIfAbsent(column, at);
        }
      });
    }
    boolean estimated =
        places.containsKey("duration")
            || places.keySet().containsAll(Set.of("optimistic", "likely", "pessimistic"));
    if (!places.containsKey("id") || !estimated) {
      throw wrong(
          "The first line should name the columns id and duration (or optimistic, likely and pessimistic), and depends; it has: %s."
              .formatted(Printable.line(String.join(", ", header.cells()), 200)));
    }
    for (Optional<CsvReader.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
      Map<String, String> values = new HashMap<>();
      List<String> cells = row.get().cells();
      places.forEach((column, place) -> {
        if (place < cells.size()) {
          values.put(column, cells.get(place).strip());
        }
      });
      if (!values.values().stream().allMatch(String::isEmpty)) {
        add(row.get().line(), values, split(values.getOrDefault("depends", "")));
      }
    }
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("[;,|\n]", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private void yaml(String text) {
    List<YamlNode> documents = YamlDocuments.read(text);
    YamlNode root =
        documents.isEmpty() ? new YamlNode.Sequence(1, List.of()) : documents.getFirst();
    List<YamlNode> items =
        root instanceof YamlNode.Sequence list ? list.items() : root.items("tasks");
    for (YamlNode item : items) {
      Map<String, String> values = new HashMap<>();
      List<String> depends = new ArrayList<>();
      item.members()
          .forEach((name, value) ->
              COLUMNS.forEach((column, names) -> {
                if (names.contains(name.toLowerCase(Locale.ROOT))) {
                  switch (value) {
                    case YamlNode.Scalar scalar -> {
                      values.putIfAbsent(column, scalar.isNull() ? "" : scalar.text().strip());
                      if (column.equals("depends") && !scalar.isNull()) {
                        depends.addAll(split(scalar.text()));
                      }
                    }
                    case YamlNode.Sequence list ->
                        list.items().forEach(one -> one.text().ifPresent(depends::add));
                    case YamlNode.Mapping _ ->
                        problems.add(
                            "line %d: %s should be a text"
                                .formatted(value.line(), Printable.name(name)));
                  }
                }
              }));
      add(item.line(), values, depends);
    }
  }

  private void add(int line, Map<String, String> values, List<String> depends) {
    String id = values.getOrDefault("id", "");
    if (id.isEmpty()) {
      problems.add("line %d: the task has no id".formatted(line));
      return;
    }
    if (byId.containsKey(id)) {
      problems.add(
          "line %d: the id %s is there already, in line %d"
              .formatted(line, Printable.name(id), byId.get(id).line()));
      return;
    }
    if (tasks.size() == TASKS_MAX) {
      throw wrong("There are more than %d tasks. Plan a part of it.".formatted(TASKS_MAX));
    }
    Optional<Estimate> spread = estimate(line, id, values);
    long duration =
        spread
            .map(Estimate::expected)
            .orElseGet(() -> time(line, id, "duration", values.getOrDefault("duration", "")));
    List<Link> links = new ArrayList<>();
    depends.forEach(one -> link(line, id, one).ifPresent(links::add));
    String name = values.getOrDefault("name", "");
    Task task =
        new Task(
            id,
            line,
            name.isEmpty() ? id : name,
            duration,
            spread,
            values.getOrDefault("owner", ""),
            links);
    tasks.add(task);
    byId.put(id, task);
  }

  private Optional<Estimate> estimate(int line, String id, Map<String, String> values) {
    if (values.getOrDefault("optimistic", "").isEmpty()
        && values.getOrDefault("pessimistic", "").isEmpty()) {
      return Optional.empty();
    }
    Estimate estimate =
        new Estimate(
            time(line, id, "optimistic", values.getOrDefault("optimistic", "")),
            time(
                line,
                id,
                "likely",
                values.getOrDefault("likely", values.getOrDefault("duration", ""))),
            time(line, id, "pessimistic", values.getOrDefault("pessimistic", "")));
    if (estimate.optimistic() > estimate.likely() || estimate.likely() > estimate.pessimistic()) {
      problems.add(
          "line %d: task %s should have optimistic ≤ likely ≤ pessimistic"
              .formatted(line, Printable.name(id)));
    }
    return Optional.of(estimate);
  }

  private long time(int line, String id, String column, String text) {
    Optional<Long> time = Days.read(text);
    if (time.isEmpty()) {
      problems.add(
          "line %d: the %s of task %s should be a number of days such as 3, 0.5, 4h or 2w, and is '%s'"
              .formatted(line, column, Printable.name(id), Printable.line(text, 40)));
    }
    return time.orElse(0L);
  }

  private Optional<Link> link(int line, String id, String text) {
    Matcher matcher = LINK.matcher(text.strip());
    if (!matcher.matches()) {
      problems.add(
          "line %d: task %s should depend on an id such as A, A+2 or A SS+1, and has '%s'"
              .formatted(line, Printable.name(id), Printable.line(text, 40)));
      return Optional.empty();
    }
    long lag = matcher.group(4) == null ? 0 : time(line, id, "lag", matcher.group(4));
    Kind kind = matcher.group(2) == null ? Kind.FS : Kind.valueOf(matcher.group(2));
    return Optional.of(
        new Link(matcher.group(1).strip(), kind, "-".equals(matcher.group(3)) ? -lag : lag));
  }

  /** Ids may hold hyphens and digits, as in {@code A-2}: the whole text is tried as an id first. */
  private void links() {
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      List<Link> links = new ArrayList<>();
      for (Link link : task.links()) {
        String whole = link.lag() < 0 ? link.on() + "-" + Days.text(-link.lag()) : link.on();
        if (link.kind() == Kind.FS && byId.containsKey(whole) && !byId.containsKey(link.on())) {
          links.add(new Link(whole, Kind.FS, 0));
        } else if (!byId.containsKey(link.on())) {
          problems.add(
              "line %d: task %s depends on %s, which is no task"
                  .formatted(task.line(), Printable.name(task.id()), Printable.name(whole)));
        } else {
          links.add(link);
        }
      }
      Task linked =
          new Task(
              task.id(),
              task.line(),
              task.name(),
              task.duration(),
              task.spread(),
              task.owner(),
              links);
      tasks.set(i, linked);
      byId.put(task.id(), linked);
    }
  }
}
