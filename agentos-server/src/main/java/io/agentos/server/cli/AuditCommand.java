package io.agentos.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos audit}. */
@Command(
    name = "audit",
    description = "Read the audit log and prove that it is whole.",
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
  private static final String AUDIT = "/v1/audit";

  private final Session session;

  AuditCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "List entries, newest first.",
      footer = {
        "%nExamples:",
        "  agentos audit list --type policy.denied",
        "  agentos audit list --subject task_01jd3k5m6n7p8q9r0s1t2v3w4x -o json"
      })
  int list(
      @Mixin Filters filters,
      @Mixin ListLimit limit,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    int most = limit.limit();
    List<Fields> entries =
        session.list(session.client(options), AUDIT, filters.parameters(), most, entry -> true);
    Table table = new Table("SEQ", "TIME", "TYPE", "ACTOR", "SUBJECT");
    for (Fields entry : entries) {
      table.row(
          entry.text("seq"),
          Words.instant(entry.text("at")),
          entry.text("type"),
          entry.text("actor"),
          entry.text("subject"));
    }
    session.show(output, entries, table);
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Walk the whole chain; exit code 1 when an entry was changed or is missing.",
        "With --export, without any server: is this file the log that was signed?"
      },
      footer = {
        "%nExamples:",
        "  agentos audit verify",
        "  agentos audit verify --export log.ndjson --checkpoints acme.txt \\",
        "      --key acme.pub"
      })
  int verify(@Mixin OfflineFiles files, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    if (files.given()) {
      return offline(files, output);
    }
    Fields verified = session.client(options).get(AUDIT + "/verify");
    boolean intact = verified.yes("intact");
    String told =
        intact
            ? "intact: " + count(verified.number("entries"))
            : "broken: " + verified.text("problem");
    session.terminal().print(output.json() ? verified.pretty() : told);
    return intact ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int offline(OfflineFiles files, OutputOption output) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        OfflineVerifier.run(new PrintStream(said, true, StandardCharsets.UTF_8), files.arguments());
    String line = said.toString(StandardCharsets.UTF_8).strip();
    if (output.json()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("intact", code == 0);
      told.put("finding", line);
      session.print(told);
    } else {
      session.terminal().print(line);
    }
    return code;
  }

  @Command(
      description = "Say how far the places outside are that are told of the log.",
      footer = {"%nExamples:", "  agentos audit sinks", "  agentos audit sinks -o json"})
  int sinks(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    Fields told = session.client(options).get(AUDIT + "/sinks");
    Table table = new Table("SINK", "DELIVERED", "BEHIND", "FAILURES", "NEXT", "PROBLEM");
    for (Fields one : told.list("data")) {
      table.row(
          one.text("sink"),
          one.text("delivered"),
          one.text("behind"),
          one.text("failures"),
          Words.instant(one.text("next_attempt_at")),
          one.text("problem"));
    }
    session.show(output, told.list("data"), table);
    return ExitCode.DONE;
  }

  @Command(
      description = "List signed checkpoints, newest first.",
      footer = {
        "%nExamples:",
        "  agentos audit checkpoints",
        "  agentos audit checkpoints --limit 1 -o json | jq -r '.data[].note'"
      })
  int checkpoints(
      @Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> found =
        session.list(
            session.client(options), AUDIT + "/checkpoints", Map.of(), limit.limit(), one -> true);
    Table table = new Table("ENTRIES", "SIGNED", "ROOT", "KEY");
    for (Fields one : found) {
      table.row(
          one.text("size"),
          Words.instant(one.text("signed_at")),
          one.text("root"),
          one.text("key").replaceFirst("(\\+[0-9a-f]{8})\\+.*$", "$1"));
    }
    session.show(output, found, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Write the log with what proves it; 'audit verify --export' checks it offline.",
      footer = {
        "%nExamples:",
        "  agentos audit export --file log.ndjson",
        "  agentos audit export --first 500 --last 600 --file part.ndjson"
      })
  int export(
      @Option(names = "--file", paramLabel = "FILE", required = true, description = "where to")
          Path file,
      @Option(names = "--first", paramLabel = "N", description = "the first entry")
          @Nullable Long first,
      @Option(names = "--last", paramLabel = "N", description = "the last entry")
          @Nullable Long last,
      @Mixin ConfigOptions options) {
    Map<String, String> part = new LinkedHashMap<>();
    part.put("first", first == null ? "" : first.toString());
    part.put("last", last == null ? "" : last.toString());
    return download(options, ApiClient.query(AUDIT + "/export", part), file);
  }

  @Command(
      description = {
        "Write all that proves how a task was decided and what it did: definitions, policy,",
        "approvals with people, effects with costs, audit entries with proofs, signed."
      },
      footer = {
        "%nExample:",
        "  agentos audit evidence task_01jd3k5m6n7p8q9r0s1t2v3w4x --file evidence.ndjson"
      })
  int evidence(
      @Parameters(paramLabel = "TASK", description = "the task") String task,
      @Option(names = "--file", paramLabel = "FILE", required = true, description = "where to")
          Path file,
      @Mixin ConfigOptions options) {
    return download(options, ApiClient.path("/v1/tasks", task) + "/evidence", file);
  }

  private int download(ConfigOptions options, String path, Path file) {
    try (InputStream in = session.client(options).download(path)) {
      long bytes = Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      session.terminal().say("%,d bytes in %s".formatted(bytes, file));
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "%s could not be written (%s); the server may have ended half-way."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  /** The files of a verification without a server. */
  static final class OfflineFiles {
    @Option(names = "--export", paramLabel = "FILE", description = "an export or evidence")
    private @Nullable String export;

    @Option(
        names = "--checkpoints",
        paramLabel = "FILE",
        description = "the checkpoints that were kept elsewhere")
    private @Nullable String checkpoints;

    @Option(names = "--key", paramLabel = "FILE", description = "the key they are checked with")
    private @Nullable String key;

    @Option(
        names = "--tree",
        paramLabel = "FILE",
        description = "the hashes that were kept; names the first bad entry exactly")
    private @Nullable String tree;

    @Option(
        names = "--range",
        paramLabel = "FIRST-LAST",
        description = "the part that the export should be; the whole log where it is left out")
    private @Nullable String range;

    boolean given() {
      return export != null || checkpoints != null || key != null || tree != null || range != null;
    }

    List<String> arguments() {
      List<String> arguments = new ArrayList<>();
      Stream.of(export, checkpoints, key).filter(Objects::nonNull).forEach(arguments::add);
      if (arguments.size() != 3) {
        throw new CliException(
            ExitCode.USAGE, "--export, --checkpoints and --key are needed together.");
      }
      if (tree != null) {
        arguments.addAll(List.of("--tree", tree));
      }
      if (range != null) {
        arguments.addAll(List.of("--range", range));
      }
      return arguments;
    }
  }

  private static String count(long entries) {
    return entries == 1 ? "1 entry" : entries + " entries";
  }

  /** The options that say which entries are meant. */
  static final class Filters {
    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "of this type, such as tool.called")
    private String type = "";

    @Option(names = "--actor", paramLabel = "ACTOR", description = "by this actor")
    private String actor = "";

    @Option(names = "--subject", paramLabel = "ID", description = "about this object")
    private String subject = "";

    Map<String, String> parameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("type", type);
      parameters.put("actor", actor);
      parameters.put("subject", subject);
      return parameters;
    }
  }
}
