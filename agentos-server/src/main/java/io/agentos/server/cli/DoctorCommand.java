package io.agentos.server.cli;

import io.agentos.server.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos doctor}. */
@Command(
    name = "doctor",
    description = "Check that this machine has what AgentOS needs.",
    footer = {
      "%nExamples:",
      "  agentos doctor",
      "  agentos doctor -o json",
      "  agentos doctor rls",
      "%nExit code 3 when something is missing that nothing works without."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Session session;
  private final RlsCheck isolation;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();

  DoctorCommand(Session session, RlsCheck isolation) {
    this.session = session;
    this.isolation = isolation;
  }

  @Override
  public Integer call() {
    Config config = session.config(options);
    List<Check> checks = new ArrayList<>(HostChecks.run(config));
    if (checks.stream().noneMatch(check -> check.state() == Check.State.FAIL)) {
      checks.addAll(new ServerChecks(session, options).run(config));
    }
    if (output.json()) {
      session.print(Map.of("checks", checks));
    } else {
      checks.forEach(this::tell);
    }
    return checks.stream().anyMatch(check -> check.state() == Check.State.FAIL)
        ? ExitCode.ENVIRONMENT
        : ExitCode.DONE;
  }

  @Command(
      description = "Look whether rows of one tenant can reach another; reads definitions only.",
      footer = {
        "%nExamples:",
        "  agentos doctor rls",
        "  agentos doctor rls --url env:DATABASE_URL --role app --column org_id \\",
        "      --schema public",
        "  agentos doctor rls --url postgres://me@db/shop --allow countries -o json",
        "%nWithout --url the database of the server here is looked at. Exit code 1 on",
        "findings."
      })
  int rls(
      @Option(
              names = "--url",
              paramLabel = "URL",
              description =
                  "a database of your own: postgres://USER:PASSWORD@HOST:PORT/DATABASE,"
                      + " or env:NAME for a variable that holds it")
          @Nullable String url,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "",
              description = "the role your application works as (default: the one of the URL)")
          String role,
      @Option(
              names = "--column",
              paramLabel = "NAME",
              defaultValue = "tenant_id",
              description = "the column that names the tenant (default: ${DEFAULT-VALUE})")
          String column,
      @Option(names = "--schema", paramLabel = "NAME", description = "where to look; repeatable")
          @Nullable List<String> schemas,
      @Option(
              names = "--allow",
              paramLabel = "TABLE",
              description = "a table that holds nothing of any tenant; repeatable")
          @Nullable List<String> allowed,
      @Mixin ConfigOptions where,
      @Mixin OutputOption how) {
    if (column.isBlank()) {
      throw new CliException(ExitCode.USAGE, "--column must name the column of the tenant.");
    }
    RlsCheck.Report report =
        url == null
            ? isolation.ofServer(session.config(where))
            : isolation.of(url, new RlsCheck.Scope(role, column, listed(schemas), listed(allowed)));
    return new DoctorRls(session).tell(report, how);
  }

  private static List<String> listed(@Nullable List<String> given) {
    return given == null ? List.of() : given;
  }

  private void tell(Check check) {
    String state = check.state().name().toLowerCase(Locale.ROOT);
    session.terminal().print("%-5s %-9s %s".formatted(state, check.name(), check.found()));
    if (!check.remedy().isEmpty()) {
      session.terminal().print(" ".repeat(16) + check.remedy());
    }
  }
}
