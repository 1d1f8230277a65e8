package io.agentos.server.bench.gateway;

import io.agentos.server.bench.gateway.Order.Kind;
import io.agentos.server.bench.gateway.Way.Shape;
import io.agentos.server.bench.gateway.Way.Use;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The cost of a model call: direct, through the model router, and through Portkey's gateway.
 *
 * <p>The router is no server: it is measured where it is used, in the caller's process. Its
 * processor time per call is all that this process used, the making of the load included, over the
 * calls; Portkey's is that of its node process alone, without that of its caller.
 */
public final class GatewayBench {
  private static final Answering AT_ONCE = new Answering.Plain(Duration.ZERO, 256);
  private static final Answering HALF_SECOND = new Answering.Plain(Duration.ofMillis(500), 256);
  private static final Answering STREAM = new Answering.Stream(100, 100);
  private static final int SMALL_BYTES = 1_000;
  private static final int LARGE_BYTES = 200_000;
  private static final int STREAMS = 100;
  private static final int OPEN_CALLERS = 64;
  private static final int MANY_CALLERS = 1_000;
  private static final int MANY_CALLS_EACH = 20;
  private static final int WARM_UP_SECONDS = 5;

  /** The heap of the processes whose memory is measured: what a small node would give it. */
  private static final List<String> SMALL_HEAP = List.of("-Xmx96m");

  private final Consumer<String> progress;
  private final int rounds;
  private final int seconds;
  private final int requests;
  private final Figures figures = new Figures();

  /**
   * @param progress told what is measured next, a line each
   * @param rounds how often each figure is taken; the median is reported
   * @param seconds how long each measurement of a round takes
   * @param requests how many calls the watch over memory makes
   */
  public GatewayBench(Consumer<String> progress, int rounds, int seconds, int requests) {
    this.progress = progress;
    this.rounds = rounds;
    this.seconds = seconds;
    this.requests = requests;
  }

  /** The figures by name, in order. Without npm or its registry, those of Portkey are not there. */
  public Map<String, Double> run() throws InterruptedException {
    figures.add("load_average_before", loadAverage());
    try (Child upstream = Child.start(Upstream.class, List.of())) {
      String address = "http://127.0.0.1:" + Integer.parseInt(upstream.answer());
      Optional<Portkey> portkey = portkey();
      try (Child raw = Child.start(LoadProcess.class, List.of(), "raw");
          Child routed = Child.start(LoadProcess.class, List.of(), "routed")) {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way("direct", raw, raw.handle(), Optional.empty(), address));
        ways.add(new Way("routed", routed, routed.handle(), Optional.empty(), address));
        portkey.ifPresent(gateway ->
            ways.add(
                new Way(
                    "portkey",
                    raw,
                    gateway.handle(),
                    Optional.of(URI.create("http://127.0.0.1:%d/v1".formatted(gateway.port()))),
                    address)));
        rounds(ways);
        many(ways, address);
        memory(address);
      } finally {
        portkey.ifPresent(Portkey::close);
      }
    }
    compare();
    figures.add("load_average_after", loadAverage());
    return figures.medians();
  }

  private Optional<Portkey> portkey() throws InterruptedException {
    try {
      Portkey portkey = Portkey.start(progress);
      progress.accept(
          Portkey.PACKAGE + " runs on node, one process, one line patched so that it can stream");
      return Optional.of(portkey);
    } catch (Portkey.Missing e) {
      progress.accept("Portkey is left out: %s".formatted(e.getMessage()));
      return Optional.empty();
    }
  }

  private void rounds(List<Way> ways) {
    for (Way way : ways) {
      progress.accept("warming up: " + way.name());
      way.measure(new Shape(Kind.CLOSED, SMALL_BYTES, 16, 0, 2 * WARM_UP_SECONDS), AT_ONCE);
      way.measure(new Shape(Kind.CLOSED, LARGE_BYTES, 8, 0, WARM_UP_SECONDS), AT_ONCE);
      way.measure(new Shape(Kind.STREAMS, SMALL_BYTES, STREAMS, 0, WARM_UP_SECONDS), STREAM);
    }
    for (int round = 1; round <= rounds; round++) {
      progress.accept("round %d of %d".formatted(round, rounds));
      ways.forEach(this::small);
      ways.forEach(this::halfLoad);
      ways.forEach(this::large);
      ways.forEach(this::streams);
    }
  }

  private void small(Way way) {
    Use use = taken(way, new Shape(Kind.CLOSED, SMALL_BYTES, 16, 0, seconds), AT_ONCE);
    figures.add("calls_per_second_" + way.name(), use.measured().callsPerSecond());
    figures.add("cpu_us_" + way.name(), use.cpuMicrosPerCall());
    figures.add("p50_ms_" + way.name(), use.measured().p50Millis());
    figures.add("p99_ms_" + way.name(), use.measured().p99Millis());
  }

  /** Each at half of its own rate; the direct calls at the router's. */
  private void halfLoad(Way way) {
    String rateOf = way.name().equals("direct") ? "routed" : way.name();
    int rate = (int) Math.max(1, figures.median("calls_per_second_" + rateOf) / 2);
    Use use = taken(way, new Shape(Kind.OPEN, SMALL_BYTES, OPEN_CALLERS, rate, seconds), AT_ONCE);
    figures.add("half_load_p50_ms_" + way.name(), use.measured().p50Millis());
    figures.add("half_load_p99_ms_" + way.name(), use.measured().p99Millis());
  }

  private void large(Way way) {
    Use use = taken(way, new Shape(Kind.CLOSED, LARGE_BYTES, 8, 0, seconds), AT_ONCE);
    figures.add("large_cpu_us_" + way.name(), use.cpuMicrosPerCall());
    figures.add("large_p50_ms_" + way.name(), use.measured().p50Millis());
  }

  private void streams(Way way) {
    Use use = taken(way, new Shape(Kind.STREAMS, SMALL_BYTES, STREAMS, 0, seconds), STREAM);
    figures.add("first_token_p50_ms_" + way.name(), use.measured().p50Millis());
    figures.add("first_token_p99_ms_" + way.name(), use.measured().p99Millis());
    figures.add("cpu_us_per_token_" + way.name(), use.cpuMicrosPerToken());
  }

  /** Many slow calls at once, from a fresh process with a small heap where it is the router. */
  private void many(List<Way> ways, String address) {
    for (Way way : ways) {
      progress.accept("%,d callers: %s".formatted(MANY_CALLERS, way.name()));
      Shape shape = new Shape(Kind.EACH, SMALL_BYTES, MANY_CALLERS, MANY_CALLS_EACH, 0);
      if (!way.name().equals("routed")) {
        many(way, shape);
        continue;
      }
      try (Child small = Child.start(LoadProcess.class, SMALL_HEAP, "routed")) {
        Way fresh = new Way("routed", small, small.handle(), Optional.empty(), address);
        fresh.measure(new Shape(Kind.CLOSED, SMALL_BYTES, 16, 0, WARM_UP_SECONDS), AT_ONCE);
        many(fresh, shape);
      }
    }
  }

  private void many(Way way, Shape shape) {
    Use use = taken(way, shape, HALF_SECOND);
    figures.add(
        "many_percent_of_ideal_" + way.name(), 50 * use.measured().callsPerSecond() / MANY_CALLERS);
    figures.add("many_p99_ms_" + way.name(), use.measured().p99Millis());
    figures.add("many_rss_mib_" + way.name(), ProcessUse.rssMaxMib(way.measured()));
  }

  /** Resident memory over many calls of one process: between the first half and the second. */
  private void memory(String address) {
    progress.accept("memory over %,d calls".formatted(requests));
    try (Child small = Child.start(LoadProcess.class, SMALL_HEAP, "routed")) {
      Way way = new Way("routed", small, small.handle(), Optional.empty(), address);
      Shape half = new Shape(Kind.EACH, SMALL_BYTES, 16, Math.max(1, requests / 32), 0);
      taken(way, half, AT_ONCE);
      double middle = ProcessUse.rssMib(way.measured());
      taken(way, half, AT_ONCE);
      double end = ProcessUse.rssMib(way.measured());
      figures.add("memory_calls", 32.0 * half.amount());
      figures.add("memory_rss_mib", end);
      figures.add("memory_growth_mib", end - middle);
    }
  }

  private Use taken(Way way, Shape shape, Answering answering) {
    Use use = way.measure(shape, answering);
    figures.sum("errors_" + way.name(), (double) use.measured().errors());
    return use;
  }

  private void compare() {
    figures.addRatio("cpu_portkey_to_routed", "cpu_us_portkey", "cpu_us_routed");
    figures.addDifference("added_p50_ms", "p50_ms_routed", "p50_ms_direct");
    figures.addDifference("added_p50_ms_portkey", "p50_ms_portkey", "p50_ms_direct");
    figures.addRatio("large_cpu_portkey_to_routed", "large_cpu_us_portkey", "large_cpu_us_routed");
    figures.addDifference(
        "added_first_token_p50_ms", "first_token_p50_ms_routed", "first_token_p50_ms_direct");
    figures.addDifference(
        "added_first_token_p50_ms_portkey",
        "first_token_p50_ms_portkey",
        "first_token_p50_ms_direct");
  }

  private static double loadAverage() {
    return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
