package io.agentos.server.bench.gateway;

import io.agentos.api.AgentOsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** Makes the calls of one order from virtual threads and takes their times. Used once. */
final class Load {
  /** As many failures end a load: what it would find is worth nothing. */
  private static final int ERRORS_MAX = 1_000;

  /** Streams begin spread over this time: nobody's tokens come in step with everybody's. */
  private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int CALLS_FIRST = 20;

  private final ModelCall call;
  private final Order order;
  private final Latencies latencies = new Latencies();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();

  Load(ModelCall call, Order order) {
    this.call = call;
    this.order = order;
  }

  Measured run() throws InterruptedException {
    if (order.kind() == Order.Kind.OPEN) {
      connect();
    }
    long begin = System.nanoTime();
    long until = begin + TimeUnit.SECONDS.toNanos(order.seconds());
    switch (order.kind()) {
      case CLOSED -> callers(_ -> System.nanoTime() < until);
      case EACH -> callers(made -> made < order.amount());
      case STREAMS -> callers(_ -> System.nanoTime() < until);
      case OPEN -> open(begin);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Measured(
        calls.get(),
        errors.get(),
        seconds,
        tokens.get(),
        latencies.millis(0.50),
        latencies.millis(0.99));
  }

  /** Calls that do not count, so that the first ones that do find connections. */
  private void connect() throws InterruptedException {
    Order first = new Order(Order.Kind.EACH, order.to(), "", 0, order.callers(), CALLS_FIRST, 0);
    new Load(call, first).run();
  }

  /** Callers that go on as long as {@code more} says, given how many calls they have made. */
  private void callers(LongPredicate more) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    long apartNanos = order.streams() ? SPREAD_NANOS / order.callers() : 0;
    for (int caller = 0; caller < order.callers(); caller++) {
      long wait = caller * apartNanos;
      threads.add(
          Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(wait);
            for (long made = 0; more.test(made) && errors.get() < ERRORS_MAX; made++) {
              one(System.nanoTime());
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /**
   * Calls at an even rate. A call's time counts from when it was due, so that one that had to wait
   * for a place does not look quick.
   */
  private void open(long begin) throws InterruptedException {
    Semaphore places = new Semaphore(order.callers());
    long count = (long) order.amount() * order.seconds();
    double intervalNanos = 1e9 / order.amount();
    for (long made = 0; made < count && errors.get() < ERRORS_MAX; made++) {
      long due = begin + (long) (made * intervalNanos);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      places.acquire();
      Thread.startVirtualThread(() -> {
        one(due);
        places.release();
      });
    }
    places.acquire(order.callers());
  }

  private void one(long begin) {
    try {
      if (order.streams()) {
        tokens.addAndGet(call.stream(() -> latencies.record(System.nanoTime() - begin)));
      } else {
        call.plain();
        latencies.record(System.nanoTime() - begin);
      }
      calls.getAndIncrement();
    } catch (IOException | AgentOsException e) {
      failed(e.toString());
    }
  }

  private void failed(String what) {
    if (errors.getAndIncrement() == 0) {
      System.err.println("  a call failed: " + what);
    }
  }
}
