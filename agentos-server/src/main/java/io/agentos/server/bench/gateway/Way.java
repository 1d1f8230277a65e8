package io.agentos.server.bench.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One way from a caller to the upstream, with the process whose use is measured.
 *
 * @param name {@code direct}, {@code routed} or {@code portkey}, as in the names of figures
 * @param load makes the calls
 * @param measured the process that is the way: the caller's own where there is nothing in between
 * @param gateway the base URL of what is in between, if anything is
 * @param upstream the upstream's address, without a path
 */
record Way(
    String name, Child load, ProcessHandle measured, Optional<URI> gateway, String upstream) {

  /** What was found, and what it took of the measured process. */
  record Use(Measured measured, Duration cpu) {
    double cpuMicrosPerCall() {
      return cpu.toNanos() / 1e3 / Math.max(1, measured.calls());
    }

    double cpuMicrosPerToken() {
      return cpu.toNanos() / 1e3 / Math.max(1, measured.tokens());
    }
  }

  /** Has some calls made and measures them. */
  Use measure(Shape shape, Answering answering) {
    String base = upstream + answering.basePath();
    Order order =
        new Order(
            shape.kind(),
            gateway.orElse(URI.create(base)),
            gateway.isPresent() ? base : "",
            shape.bodyBytes(),
            shape.callers(),
            shape.amount(),
            shape.seconds());
    Duration before = ProcessUse.cpu(measured);
    Measured found = load.measure(order);
    return new Use(found, ProcessUse.cpu(measured).minus(before));
  }

  /** The part of an order that is the same for all ways. */
  record Shape(Order.Kind kind, int bodyBytes, int callers, int amount, int seconds) {}
}
