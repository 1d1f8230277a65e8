package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos unkill}. */
@Command(
    name = "unkill",
    description = "Release kill switches; what they stopped goes on.",
    footer = {
      "%nExamples:",
      "  agentos unkill ksw_01jd3k5m6n7p8q9r0s1t2v3w4x",
      "  # not all at once",
      "  agentos unkill --per-minute 30 ksw_01jd3k5m6n7p8q9r0s1t2v3w4x"
    })
final class UnkillCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "SWITCH",
      description = "as 'agentos kill list' shows them")
  private List<String> switches = new ArrayList<>();

  @Option(
      names = "--per-minute",
      paramLabel = "N",
      description = "give back N tasks a minute, 1 to 100000; all at once by default")
  private @Nullable Integer perMinute;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();

  UnkillCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ApiClient client = session.client(options);
    Map<String, Object> body = perMinute == null ? Map.of() : Map.of("per_minute", perMinute);
    for (String id : switches) {
      Fields released =
          client.post(ApiClient.path(KillCommand.KILL_SWITCHES, id) + "/release", body);
      session.terminal().print(output.json() ? released.pretty() : told(released));
    }
    return ExitCode.DONE;
  }

  private String told(Fields released) {
    String told = released.text("id") + " released";
    long held = released.number("held");
    return perMinute == null || held == 0
        ? told
        : "%s; %s to come back, %d a minute ('agentos kill list --all' shows how many still wait)"
            .formatted(told, Words.count(held, "task"), perMinute);
  }
}
