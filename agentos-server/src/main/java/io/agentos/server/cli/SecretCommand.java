package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos secret}. */
@Command(
    name = "secret",
    aliases = "secrets",
    description = "Keep values that tools get and nobody reads.",
    synopsisSubcommandLabel = "COMMAND")
final class SecretCommand {
  private static final String SECRETS = "/v1/secrets";

  private final Session session;
  private final SecretValue values;

  SecretCommand(Session session) {
    this.session = session;
    this.values = new SecretValue(session.surroundings());
  }

  /** Who may get a secret. */
  static final class Allowed {
    @Option(
        names = "--tool",
        paramLabel = "TOOL/ARGUMENT",
        description = "an argument of a tool that may get it, such as crm.post/token; repeatable")
    List<String> tools = new ArrayList<>();

    @Option(
        names = "--agent",
        paramLabel = "PACK.AGENT",
        description = "an agent that may hand it to them, or PACK.*; repeatable")
    List<String> agents = new ArrayList<>();
  }

  @Command(
      description = "Set a new secret, its value from standard input, a variable or a file.",
      footer = {
        "%nExamples:",
        "  agentos secret set crm-token --tool crm.post/token --agent sales.clerk \\",
        "      < token.txt",
        "  agentos secret set crm-token --from env:CRM_TOKEN --description 'of the CRM'",
        "%nWithout --tool and --agent nobody may get it; see 'agentos secret allow'.",
        "Name it as secret:crm-token where an argument of a tool wants it."
      })
  int set(
      @Parameters(paramLabel = "NAME", description = "a-z, 0-9 and '-'") String name,
      @Option(names = "--from", paramLabel = "WHERE", description = "env:NAME or file:PATH")
          @Nullable String from,
      @Option(names = "--description", paramLabel = "TEXT", defaultValue = "") String description,
      @Mixin Allowed allowed,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("value", values.read(from));
    body.put("description", description);
    body.put("tools", allowed.tools);
    body.put("agents", allowed.agents);
    told(session.client(options).post(SECRETS, body), "is set", output);
    return ExitCode.DONE;
  }

  @Command(
      description = "Give a secret another value; the one before stays good for a while.",
      footer = {
        "%nExamples:",
        "  agentos secret rotate crm-token --from file:new-token.txt",
        "  agentos secret rotate crm-token --grace PT0S < new-token.txt"
      })
  int rotate(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--from", paramLabel = "WHERE", description = "env:NAME or file:PATH")
          @Nullable String from,
      @Option(
              names = "--grace",
              paramLabel = "DURATION",
              description = "how long the value before stays good (default: PT24H)")
          @Nullable String grace,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("value", values.read(from));
    if (grace != null) {
      body.put("grace", grace);
    }
    told(
        session.client(options).post(ApiClient.path(SECRETS, name) + "/rotate", body),
        "is rotated",
        output);
    return ExitCode.DONE;
  }

  @Command(
      description = "List the secrets by name; never their values.",
      footer = {"%nExample:", "  agentos secret list"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> secrets =
        session.list(session.client(options), SECRETS, Map.of(), limit.limit(), secret -> true);
    Table table = new Table("SECRET", "VERSION", "FOR", "FROM", "LAST USED", "CHANGED", "STATE");
    for (Fields secret : secrets) {
      table.row(
          secret.text("name"),
          secret.text("version"),
          String.join(" ", secret.texts("tools")),
          String.join(" ", secret.texts("agents")),
          secret.list("versions").stream()
              .map(version -> Words.instant(version.text("last_used_at")))
              .filter(used -> !used.isEmpty())
              .findFirst()
              .orElse("never"),
          Words.instant(secret.text("changed_at")),
          secret.yes("disabled") ? "disabled" : "");
    }
    session.show(output, secrets, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Let more arguments of tools, and more agents, have a secret.",
      footer = {
        "%nExample:",
        "  agentos secret allow crm-token --tool crm.post/token --agent 'sales.*'"
      })
  int allow(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--only", description = "these, and none of before") boolean only,
      @Mixin Allowed allowed,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    ApiClient client = session.client(options);
    Fields secret = client.get(ApiClient.path(SECRETS, name));
    TreeSet<String> tools = new TreeSet<>(allowed.tools);
    TreeSet<String> agents = new TreeSet<>(allowed.agents);
    if (!only) {
      tools.addAll(secret.texts("tools"));
      agents.addAll(secret.texts("agents"));
    }
    change(client, secret, tools, agents, secret.yes("disabled"), output);
    return ExitCode.DONE;
  }

  @Command(
      description = "Let nobody have a secret, for now.",
      footer = {"%nExample:", "  agentos secret disable crm-token"})
  int disable(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    return able(name, true, options, output);
  }

  @Command(
      description = "Let those have a secret again who may.",
      footer = {"%nExample:", "  agentos secret enable crm-token"})
  int enable(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    return able(name, false, options, output);
  }

  @Command(
      description = "Delete a secret and destroy all its values.",
      footer = {"%nExample:", "  agentos secret delete crm-token"})
  int delete(@Parameters(paramLabel = "NAME") String name, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(SECRETS, name));
    session.terminal().print(name + " is deleted");
    return ExitCode.DONE;
  }

  private int able(String name, boolean disabled, ConfigOptions options, OutputOption output) {
    ApiClient client = session.client(options);
    Fields secret = client.get(ApiClient.path(SECRETS, name));
    change(
        client,
        secret,
        new TreeSet<>(secret.texts("tools")),
        new TreeSet<>(secret.texts("agents")),
        disabled,
        output);
    return ExitCode.DONE;
  }

  private void change(
      ApiClient client,
      Fields secret,
      SortedSet<String> tools,
      SortedSet<String> agents,
      boolean disabled,
      OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("description", secret.text("description"));
    body.put("tools", List.copyOf(tools));
    body.put("agents", List.copyOf(agents));
    body.put("disabled", disabled);
    Fields changed = client.put(ApiClient.path(SECRETS, secret.text("name")), body);
    told(changed, disabled ? "is disabled" : "is changed", output);
  }

  private void told(Fields secret, String what, OutputOption output) {
    if (output.json()) {
      session.terminal().print(secret.pretty());
      return;
    }
    session
        .terminal()
        .print(
            "secret:%s %s, version %s"
                .formatted(secret.text("name"), what, secret.text("version")));
    if (secret.texts("tools").isEmpty() || secret.texts("agents").isEmpty()) {
      session
          .terminal()
          .say(
              "nobody may have it yet: agentos secret allow %s --tool TOOL/ARGUMENT --agent PACK.AGENT"
                  .formatted(secret.text("name")));
    }
  }
}
