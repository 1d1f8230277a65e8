package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentos unkill}. */
@Command(
    name = "unkill",
    description = "Release kill switches; what they stopped goes on.",
    footer = {"%nExample:", "  agentos unkill ksw_01jd3k5m6n7p8q9r0s1t2v3w4x"})
final class UnkillCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "SWITCH",
      description = "as 'agentos kill list' shows them")
  private List<String> switches = new ArrayList<>();

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();

  UnkillCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ApiClient client = session.client(options);
    for (String id : switches) {
      Fields released =
          client.post(ApiClient.path(KillCommand.KILL_SWITCHES, id) + "/release", Map.of());
      session
          .terminal()
          .print(output.json() ? released.pretty() : released.text("id") + " released");
    }
    return ExitCode.DONE;
  }
}
