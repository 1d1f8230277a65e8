package io.agentos.server.cli;

import io.agentos.server.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentos doctor}. */
@Command(
    name = "doctor",
    description = "Check that this machine has what AgentOS needs.",
    footer = {
      "%nExamples:",
      "  agentos doctor",
      "  agentos doctor -o json",
      "%nExit code 3 when something is missing that nothing works without."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();

  DoctorCommand(Session session) {
    this.session = session;
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

  private void tell(Check check) {
    String state = check.state().name().toLowerCase(Locale.ROOT);
    session.terminal().print("%-5s %-9s %s".formatted(state, check.name(), check.found()));
    if (!check.remedy().isEmpty()) {
      session.terminal().print(" ".repeat(16) + check.remedy());
    }
  }
}
