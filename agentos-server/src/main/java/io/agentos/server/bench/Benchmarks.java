package io.agentos.server.bench;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.benchmarks.PolicyBench;
import io.agentos.benchmarks.RedactionBench;
import io.agentos.runtime.json.Json;
import io.agentos.server.bench.gateway.GatewayBench;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The benchmarks by name, run one after the other, each with its targets beside its figures. */
public final class Benchmarks {
  private static final List<String> NAMES =
      List.of(
          "durable",
          "budget",
          "audit",
          "parked",
          "start",
          "policy",
          "redaction",
          "routing",
          "kill",
          "gateway");
  private static final int ROUNDS_DEFAULT = 3;
  private static final int ROUNDS_MAX = 20;
  private static final int GATEWAY_SECONDS = 4;
  private static final int REQUESTS_MAX = 10_000_000;
  private static final int REQUESTS_DEFAULT = 100_000;

  private Benchmarks() {}

  /** What a figure should be; it is compared, never enforced: machines are noisy. */
  private record Target(String figure, String comparison, double value) {
    boolean met(double found) {
      return comparison.equals("<") ? found < value : found >= value;
    }
  }

  private static final Map<String, List<Target>> TARGETS =
      Map.of(
          "durable",
          List.of(
              new Target("ratio_512_to_plain", ">=", 2),
              new Target("submit_to_finished_p50_ms", "<", 25)),
          "budget",
          List.of(new Target("ratio_reserved_and_settled_to_bare", ">=", 1)),
          "parked",
          List.of(
              new Target("heap_growth_mib", "<", 200),
              new Target("platform_threads_growth", "<", 20),
              new Target("decided_to_finished_max_ms", "<", 100)),
          "start",
          List.of(new Target("ready_ms", "<", 4_000), new Target("idle_rss_mib", "<", 250)),
          "policy",
          List.of(new Target("conditions_p99_us", "<", 200)),
          "redaction",
          List.of(
              new Target("redact_4_kib_p50_us", "<", 150),
              new Target("ratio_64_to_4_kib", "<", 20)),
          "routing",
          List.of(
              new Target("sentence_p99_us", "<", 1_000),
              new Target("input_p99_us", "<", 1_000),
              new Target("sentence_processor_p99_us", "<", 1_000),
              new Target("input_processor_p99_us", "<", 1_000),
              new Target("megabyte_processor_p99_us", "<", 1_000)),
          "kill",
          List.of(
              new Target("acknowledged_p99_ms", "<", 500),
              new Target("effect_interrupted_p99_ms", "<", 500),
              new Target("last_effect_interrupted_max_ms", "<", 1_000),
              new Target("effects_begun_after_acknowledgement", "<", 1)),
          "gateway",
          List.of(
              new Target("cpu_portkey_to_routed", ">=", 10),
              new Target("added_p50_ms", "<", 0.5),
              new Target("half_load_p99_ms_routed", "<", 3),
              new Target("large_cpu_portkey_to_routed", ">=", 10),
              new Target("added_first_token_p50_ms", "<", 5),
              new Target("many_percent_of_ideal_routed", ">=", 95),
              new Target("many_rss_mib_routed", "<", 300),
              new Target("memory_growth_mib", "<", 16)));

  /**
   * Runs the benchmarks that the arguments name, all when they name none: {@code durable}, {@code
   * budget}, {@code audit}, {@code parked}, {@code start}, {@code policy}, {@code redaction},
   * {@code routing}, {@code kill}, {@code gateway}, then {@code rounds=N}, {@code requests=N} (how
   * many calls the gateway's memory is watched over) and {@code json}.
   *
   * @return the exit code
   */
  public static int run(List<String> arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String> names = new ArrayList<>(arguments);
    boolean json = names.remove("json");
    int rounds = number(names, "rounds", ROUNDS_DEFAULT, ROUNDS_MAX);
    int requests = number(names, "requests", REQUESTS_DEFAULT, REQUESTS_MAX);
    if (!NAMES.containsAll(names)) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "Benchmarks are %s, then 'rounds=1..%d', 'requests=1..%d' and 'json'; found %s."
              .formatted(NAMES, ROUNDS_MAX, REQUESTS_MAX, names));
    }
    Map<String, Map<String, Double>> report = new LinkedHashMap<>();
    for (String name : names.isEmpty() ? NAMES : names) {
      Map<String, Double> figures = figures(name, rounds, requests);
      report.put(name, figures);
      if (!json) {
        print(out, name, figures);
      }
    }
    if (json) {
      out.println(Json.write(report));
    }
    return 0;
  }

  private static Map<String, Double> figures(String name, int rounds, int requests) {
    Path runtimes = Path.of(System.getProperty("user.home"), ".agentos", "runtimes");
    try {
      return switch (name) {
        case "durable" -> new DurableBench(Benchmarks::progress, rounds).run(runtimes);
        case "budget" -> new BudgetBench(Benchmarks::progress, rounds).run(runtimes);
        case "audit" -> new AuditBench(Benchmarks::progress, rounds).run(runtimes);
        case "parked" -> new ParkedBench(Benchmarks::progress).run(runtimes);
        case "kill" -> new KillBench(Benchmarks::progress, rounds).run(runtimes);
        case "start" -> new StartBench(Benchmarks::progress, rounds).run();
        case "policy" -> PolicyBench.run(Benchmarks::progress, rounds);
        case "routing" -> new RoutingBench(Benchmarks::progress, rounds).run();
        case "redaction" -> RedactionBench.run(Benchmarks::progress, rounds);
        case "gateway" ->
            new GatewayBench(Benchmarks::progress, rounds, GATEWAY_SECONDS, requests).run();
        default -> throw new IllegalStateException("no benchmark " + name);
      };
    } catch (SQLException e) {
      throw new AgentOsException(
          ErrorCode.STORE_UNAVAILABLE, "Benchmark %s lost its Postgres.".formatted(name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentOsException(
          ErrorCode.CANCELLED, "Benchmark %s was interrupted.".formatted(name), e);
    }
  }

  private static void progress(String line) {
    System.err.println("  " + line);
  }

  private static void print(PrintStream out, String name, Map<String, Double> figures) {
    out.println(name);
    figures.forEach((figure, value) ->
        out.println(
            String.format(
                Locale.ROOT, "  %-42s %12.2f%s", figure, value, told(name, figure, value))));
    out.println();
  }

  private static String told(String name, String figure, double value) {
    return TARGETS.getOrDefault(name, List.of()).stream()
        .filter(target -> target.figure().equals(figure))
        .map(target ->
            String.format(
                Locale.ROOT,
                "   target %s %s: %s",
                target.comparison(),
                BigDecimal.valueOf(target.value()).stripTrailingZeros().toPlainString(),
                target.met(value) ? "met" : "missed"))
        .findFirst()
        .orElse("");
  }

  /** Takes {@code name=N} out of the arguments. */
  private static int number(List<String> names, String name, int otherwise, int max) {
    int number = otherwise;
    for (String argument : List.copyOf(names)) {
      if (argument.matches(name + "=[0-9]{1,8}")) {
        number = Math.clamp(Integer.parseInt(argument.substring(name.length() + 1)), 1, max);
        names.remove(argument);
      }
    }
    return number;
  }
}
