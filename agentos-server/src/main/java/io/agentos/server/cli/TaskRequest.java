package io.agentos.server.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what a task is to do, and the request made of them. */
final class TaskRequest {
  private static final int SUBJECT_LENGTH_MAX = 200;

  @Parameters(arity = "0..*", paramLabel = "TEXT", description = "what to do, in words")
  private List<String> words = new ArrayList<>();

  @Option(names = "--pack", paramLabel = "PACK", description = "by an agent of this pack")
  private @Nullable String pack;

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description = "by this agent, such as pack.agent")
  private @Nullable String agent;

  @Option(names = "--type", paramLabel = "TYPE", description = "by an agent for this type of task")
  private @Nullable String type;

  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description =
          "an input the agent declares; @PATH reads a file, and so does the path of an input that"
              + " is declared as one")
  private Map<String, String> inputs = new LinkedHashMap<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "a file for the one input the agent declares as a file, else in place of TEXT; - reads"
              + " stdin")
  private @Nullable String file;

  @Option(names = "--priority", paramLabel = "N", description = "0 to 9, higher first (default: 5)")
  private @Nullable Integer priority;

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "to find the task again")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--subject",
      paramLabel = "SUBJECT",
      description =
          "whom the task is about, as you call them; what all tasks about them say can be erased"
              + " together")
  private @Nullable String subject;

  /** Refuses what no server could do anything with. */
  void check() {
    if (words.isEmpty() && inputs.isEmpty() && file == null && agent == null && type == null) {
      throw new CliException(
          ExitCode.USAGE,
          "Say what to do, as in: agentos run \"Review the error handling\"\n"
              + "  See 'agentos run --help', and 'agentos agent list' for who can do what.");
    }
    if (priority != null && (priority < 0 || priority > 9)) {
      throw new CliException(
          ExitCode.USAGE, "--priority is %d; allowed is 0 to 9.".formatted(priority));
    }
    if (subject != null && (subject.isBlank() || subject.length() > SUBJECT_LENGTH_MAX)) {
      throw new CliException(
          ExitCode.USAGE,
          "--subject has %d characters; allowed are 1 to %d, not all of them blank."
              .formatted(subject.length(), SUBJECT_LENGTH_MAX));
    }
  }

  /** The body of POST /v1/tasks/route. */
  Map<String, Object> routeBody(Session session, ApiClient client) {
    Map<String, Object> body = body(session, client);
    body.keySet().retainAll(List.of("input", "pack", "agent", "type"));
    return body;
  }

  /** The body of POST /v1/tasks; asks the server what its agents declare where that matters. */
  Map<String, Object> body(Session session, ApiClient client) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("input", input(session, client));
    put(body, "pack", pack);
    put(body, "agent", agent);
    put(body, "type", type);
    put(body, "priority", priority);
    put(body, "labels", labels.isEmpty() ? null : labels);
    put(body, "subject", subject);
    return body;
  }

  private Object input(Session session, ApiClient client) {
    String text = String.join(" ", words);
    if (inputs.isEmpty() && file == null) {
      return text;
    }
    DeclaredInputs declared = DeclaredInputs.of(session.agents(client), this::asked);
    InputFiles files = new InputFiles(session.surroundings().workingDirectory());
    Map<String, Object> fields = new LinkedHashMap<>();
    inputs.forEach((name, value) -> fields.put(name, declared.value(name, value, files)));
    if (file != null) {
      String content = file.equals("-") ? stdin(session) : files.content("--file", file);
      String name = declared.onlyFile().filter(only -> !inputs.containsKey(only)).orElse("text");
      if (name.equals("text") && !text.isEmpty()) {
        throw new CliException(
            ExitCode.USAGE,
            "--file and a text are both given, and the agent declares no one input as a file;\n"
                + "  say which input the file is for: --input NAME=@"
                + file);
      }
      fields.put(name, content);
    }
    if (!text.isEmpty()) {
      fields.put("text", text);
    }
    return fields;
  }

  /** Whether this agent may be the one that is asked. */
  private boolean asked(Fields candidate) {
    String id = candidate.text("id");
    String name = id.substring(id.indexOf('.') + 1);
    return (agent == null || agent.equals(id) || agent.equals(name))
        && (pack == null || pack.equals(candidate.text("pack")));
  }

  private static String stdin(Session session) {
    try {
      StringBuilder text = new StringBuilder();
      char[] part = new char[8192];
      for (int n = session.terminal().in().read(part);
          n >= 0;
          n = session.terminal().in().read(part)) {
        text.append(part, 0, n);
        InputFiles.checkSize("--file -", text.length());
      }
      return text.toString();
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "--file -: stdin cannot be read.");
    }
  }

  private static void put(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
