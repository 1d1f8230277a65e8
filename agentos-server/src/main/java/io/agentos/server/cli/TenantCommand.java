package io.agentos.server.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentos tenant}. */
@Command(
    name = "tenant",
    aliases = "tenants",
    description = "Make, list and disable tenants.",
    synopsisSubcommandLabel = "COMMAND")
final class TenantCommand {
  private static final String TENANTS = "/v1/tenants";

  private final Session session;

  TenantCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Make a tenant; the key of its first administrator is printed once.",
      footer = {"%nExample:", "  agentos tenant create acme"})
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Fields made = session.client(options).post(TENANTS, Map.of("id", name));
    session.terminal().print(output.json() ? made.pretty() : made.raw("secret"));
    session.terminal().say("%s administers tenant %s".formatted(made.text("key"), name));
    return ExitCode.DONE;
  }

  @Command(
      description = "List the tenants by name.",
      footer = {"%nExample:", "  agentos tenant list"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> tenants =
        session.list(session.client(options), TENANTS, Map.of(), limit.limit(), tenant -> true);
    Table table = new Table("TENANT", "CREATED", "DISABLED");
    for (Fields tenant : tenants) {
      table.row(
          tenant.text("id"),
          Words.instant(tenant.text("created_at")),
          Words.instant(tenant.text("disabled_at")));
    }
    session.show(output, tenants, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Let nobody of a tenant in any more; what it has stays.",
      footer = {"%nExample:", "  agentos tenant disable acme"})
  int disable(@Parameters(paramLabel = "NAME") String name, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(TENANTS, name));
    session.terminal().print(name + " disabled");
    return ExitCode.DONE;
  }
}
