package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos key}. */
@Command(
    name = "key",
    aliases = "keys",
    description = "Make and revoke API keys.",
    synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {
  private static final String KEYS = "/v1/keys";

  private final Session session;

  KeyCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Make a key; its secret is printed once and kept nowhere.",
      footer = {
        "%nExamples:",
        "  agentos key create --name ann --role approver",
        "  agentos key create --name clerk --role developer --agent shop.clerk",
        "  agentos key create --name ci --role developer --scope tasks:read \\",
        "      --scope tasks:submit",
        "  export AGENTOS_API_KEY=$(agentos key create --name ci --role developer)"
      })
  int create(
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "whose it is")
          String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "admin, operator, approver, developer, viewer or auditor")
          String role,
      @Option(names = "--expires", paramLabel = "TIME", description = "an RFC 3339 time; never")
          @Nullable String expires,
      @Option(
              names = "--agent",
              paramLabel = "PACK.AGENT",
              description =
                  "the agent that will hold it; such a key never decides, stops or grants")
          @Nullable String agent,
      @Option(
              names = "--user",
              paramLabel = "USER",
              description = "the user whose own key it is, and as whom it acts")
          @Nullable String user,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              description = "what of its role it may use, such as tasks:submit; again for more")
          @Nullable List<String> scopes,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("role", role);
    if (expires != null) {
      body.put("expires_at", expires);
    }
    if (agent != null) {
      body.put("agent", agent);
    }
    if (user != null) {
      body.put("user", user);
    }
    if (scopes != null) {
      body.put("scopes", scopes);
    }
    Fields made = session.client(options).post(KEYS, body);
    session.terminal().print(output.json() ? made.pretty() : made.raw("secret"));
    session.terminal().say("%s is %s of %s".formatted(made.text("id"), role, name));
    return ExitCode.DONE;
  }

  @Command(
      description = "List the keys, newest first; never their secrets.",
      footer = {"%nExample:", "  agentos key list"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    int most = limit.limit();
    List<Fields> keys = session.list(session.client(options), KEYS, Map.of(), most, key -> true);
    Table table =
        new Table("KEY", "NAME", "ROLE", "HOLDER", "CREATED", "USED", "EXPIRES", "REVOKED");
    for (Fields key : keys) {
      table.row(
          key.text("id"),
          key.text("name"),
          key.text("role"),
          key.text("agent").isEmpty() ? key.text("user") : key.text("agent"),
          Words.instant(key.text("created_at")),
          Words.instant(key.text("last_used_at")),
          Words.instant(key.text("expires_at")),
          Words.instant(key.text("revoked_at")));
    }
    session.show(output, keys, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Revoke a key at once.",
      footer = {"%nExample:", "  agentos key revoke key_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int revoke(@Parameters(paramLabel = "KEY") String key, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(KEYS, key));
    session.terminal().print(key + " revoked");
    return ExitCode.DONE;
  }
}
