package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos user}. */
@Command(
    name = "user",
    aliases = "users",
    description = "Make, change and disable users.",
    synopsisSubcommandLabel = "COMMAND")
final class UserCommand {
  private static final String USERS = "/v1/users";

  private final Session session;

  UserCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Make a user, and a link by which it signs in once and sets a password.",
      footer = {
        "%nExamples:",
        "  agentos user create --email ann@example.com --name Ann --role approver"
      })
  int create(
      @Option(names = "--email", required = true, paramLabel = "ADDRESS", description = "who it is")
          String email,
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "for people")
          String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "admin, operator, approver, developer, viewer or auditor")
          String role,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("email", email);
    body.put("name", name);
    body.put("role", role);
    ApiClient client = session.client(options);
    Fields made = client.post(USERS, body);
    Fields link = client.post(link(made.text("id")), Map.of());
    session.terminal().print(output.json() ? made.pretty() : link.raw("path"));
    session
        .terminal()
        .say(
            "%s is %s; the link above works once, until %s"
                .formatted(made.text("id"), role, Words.instant(link.text("expires_at"))));
    return ExitCode.DONE;
  }

  @Command(
      description = "List the users, newest first.",
      footer = {"%nExample:", "  agentos user list"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> users =
        session.list(session.client(options), USERS, Map.of(), limit.limit(), user -> true);
    Table table = new Table("USER", "E-MAIL", "NAME", "ROLE", "CREATED", "DISABLED");
    for (Fields user : users) {
      table.row(
          user.text("id"),
          user.text("email"),
          user.text("name"),
          user.text("role"),
          Words.instant(user.text("created_at")),
          Words.instant(user.text("disabled_at")));
    }
    session.show(output, users, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Change the role or the name of a user, or let it in again.",
      footer = {
        "%nExamples:",
        "  agentos user change usr_01jd3k5m6n7p8q9r0s1t2v3w4x --role operator",
        "  agentos user change usr_01jd3k5m6n7p8q9r0s1t2v3w4x --enable"
      })
  int change(
      @Parameters(paramLabel = "USER") String user,
      @Option(names = "--role", paramLabel = "ROLE", description = "the new role")
          @Nullable String role,
      @Option(names = "--name", paramLabel = "NAME", description = "the new name")
          @Nullable String name,
      @Option(names = "--enable", description = "let it in again") boolean enable,
      @Mixin ConfigOptions options) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (role != null) {
      body.put("role", role);
    }
    if (name != null) {
      body.put("name", name);
    }
    if (enable) {
      body.put("disabled", false);
    }
    Fields changed = session.client(options).put(ApiClient.path(USERS, user), body);
    session.terminal().print("%s is %s".formatted(user, changed.text("role")));
    return ExitCode.DONE;
  }

  @Command(
      description = "Disable a user at once: its sessions end, its own keys rest.",
      footer = {"%nExample:", "  agentos user disable usr_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int disable(@Parameters(paramLabel = "USER") String user, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(USERS, user));
    session.terminal().print(user + " disabled");
    return ExitCode.DONE;
  }

  @Command(
      description = "Print a link by which a user signs in once and sets a password.",
      footer = {"%nExample:", "  agentos user password usr_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int password(@Parameters(paramLabel = "USER") String user, @Mixin ConfigOptions options) {
    Fields link = session.client(options).post(link(user), Map.of());
    session.terminal().print(link.raw("path"));
    session.terminal().say("It works once, until " + Words.instant(link.text("expires_at")));
    return ExitCode.DONE;
  }

  private static String link(String user) {
    return ApiClient.path(USERS, user) + "/sign-in-link";
  }
}
