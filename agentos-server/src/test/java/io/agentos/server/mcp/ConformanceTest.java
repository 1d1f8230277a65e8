package io.agentos.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official conformance suite against {@code /mcp} and the reference server, in one run. */
final class ConformanceTest {
  private static final Pattern LINE =
      Pattern.compile("^[✓✗] ([a-z0-9-]+): ([0-9]+) passed, ([0-9]+) failed", Pattern.MULTILINE);
  private static final long SECONDS_MAX = 240;

  @TempDir Path root;

  /** How many checks of a scenario failed. */
  private record Outcome(int passed, int failed) {}

  @Test
  void noScenarioFails_thatTheReferenceServerPasses() throws Exception {
    Map<String, Outcome> reference;
    try (ReferenceServer everything = ReferenceServer.start(root)) {
      reference = run(everything.port(), "reference.log");
    }
    Map<String, Outcome> ours;
    try (LiveServer server = LiveServer.start(root, "");
        KeyProxy proxy = KeyProxy.before(server.url(), server.key())) {
      ours = run(proxy.port(), "ours.log");
    }

    assertThat(ours.keySet()).isEqualTo(reference.keySet()).hasSizeGreaterThan(25);
    Map<String, String> worse = new TreeMap<>();
    ours.forEach((scenario, outcome) -> {
      if (outcome.failed() > reference.get(scenario).failed()) {
        worse.put(scenario, "%s, reference %s".formatted(outcome, reference.get(scenario)));
      }
    });
    assertThat(worse).as(Files.readString(root.resolve("ours.log"))).isEmpty();
    assertThat(ours.get("dns-rebinding-protection")).isEqualTo(new Outcome(2, 0));
  }

  private Map<String, Outcome> run(int port, String log) throws IOException, InterruptedException {
    Path file = root.resolve(log);
    Process suite =
        new ProcessBuilder(
                Peers.node(),
                Peers.script("conformance"),
                "server",
                "--url",
                "http://localhost:%d/mcp".formatted(port))
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(file.toFile())
            .start();
    if (!suite.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      suite.destroyForcibly();
      throw new AssertionError("the suite did not end: " + Files.readString(file));
    }
    Map<String, Outcome> outcomes = new TreeMap<>();
    Matcher line = LINE.matcher(Files.readString(file));
    while (line.find()) {
      outcomes.put(
          line.group(1),
          new Outcome(Integer.parseInt(line.group(2)), Integer.parseInt(line.group(3))));
    }
    return outcomes;
  }
}
