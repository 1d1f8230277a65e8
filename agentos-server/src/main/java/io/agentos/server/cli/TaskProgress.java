package io.agentos.server.cli;

import io.agentos.server.cli.Terminal.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the progress of one task as it happens: a line for each step that has ended, and on a
 * terminal a moving line for the one under way.
 *
 * <p>One reader hands over events; a thread of its own moves the line until it is closed.
 */
final class TaskProgress implements AutoCloseable {
  private static final String[] TURNS = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();
  private static final int NAME_WIDTH = 32;

  private final Terminal terminal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Instant> begun = new HashMap<>();
  private String underWay = "";
  private long underWaySince = System.nanoTime();
  private Instant before = Instant.EPOCH;
  private long costUsdMicros;
  private boolean closed;

  TaskProgress(Terminal terminal) {
    this.terminal = terminal;
    if (terminal.live()) {
      Thread.ofVirtual().name("progress").start(this::turn);
    }
  }

  /** Tells what there is to tell about an event. */
  void on(Event event) {
    lock.lock();
    try {
      switch (event.type()) {
        case "task.created" -> show("queued");
        case "task.started" -> show("started");
        case "task.waiting" -> show("waits: " + event.data().text("reason"));
        case "step.intent" -> begin(event);
        case "step.committed" -> {
          // An attempt that failed is told as committed too: its failure is.
          boolean failed = event.data().text("state").equals("failed");
          ended(event, failed ? Style.BAD : Style.GOOD, failed ? "✗" : "✓", failed ? "failed" : "");
        }
        case "step.unknown" -> ended(event, Style.WARNING, "?", "unknown");
        case "step.discarded" -> ended(event, Style.WARNING, "-", "discarded");
        case "model.called" -> costUsdMicros += cost(event.data());
        case "model.fallback",
            "gate.refused",
            "policy.denied",
            "budget.exceeded",
            "kill.engaged",
            "approval.decided",
            "approval.expired" ->
            note(event);
        default -> {}
      }
      before = event.time();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the moving line away, as before a question. */
  void pause() {
    lock.lock();
    try {
      show("");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      terminal.show("");
    } finally {
      lock.unlock();
    }
  }

  private void begin(Event event) {
    begun.put(step(event), event.time());
    costUsdMicros = 0;
    show(step(event));
  }

  private void ended(Event event, Style style, String sign, String outcome) {
    String step = step(event);
    // Steps that touch nothing outside have no beginning of their own in the journal.
    Instant since = Objects.requireNonNullElse(begun.remove(step), before);
    String time =
        since.equals(Instant.EPOCH) ? "" : Words.time(Duration.between(since, event.time()));
    long cost = Math.max(costUsdMicros, cost(event.data()));
    costUsdMicros = 0;
    String line =
        "  %s %s %10s%s%s"
            .formatted(
                terminal.styled(style, sign),
                padded(step),
                time,
                cost == 0 ? "" : "  " + Words.money(cost),
                outcome.isEmpty() ? "" : "  " + terminal.styled(style, outcome) + reason(event));
    terminal.say(line.stripTrailing());
    show("");
  }

  private void note(Event event) {
    String line =
        "  %s %s%s".formatted(terminal.styled(Style.WARNING, "!"), event.type(), reason(event));
    terminal.say(line);
  }

  private void show(String what) {
    underWay = what;
    underWaySince = System.nanoTime();
    if (what.isEmpty()) {
      terminal.show("");
    }
    changed.signalAll();
  }

  private void turn() {
    lock.lock();
    try {
      for (int i = 0; !closed; i++) {
        if (!underWay.isEmpty()) {
          Duration since = Duration.ofNanos(System.nanoTime() - underWaySince);
          String time = since.toSeconds() == 0 ? "" : "  " + since.toSeconds() + " s";
          terminal.show("  %s %s%s".formatted(TURNS[i % TURNS.length], underWay, time));
        }
        // Nothing depends on how long this waits: it only turns a wheel.
        long left = changed.awaitNanos(TURN_NANOS);
        i = left > 0 ? i - 1 : i;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private static String step(Event event) {
    Fields data = event.data();
    return data.text("name").isEmpty() ? data.text("step") : data.text("name");
  }

  private static long cost(Fields data) {
    return Math.max(data.number("cost_usd_micros"), data.number("usage.cost_usd_micros"));
  }

  private static String reason(Event event) {
    Fields data = event.data();
    for (String field : new String[] {"reason", "detail", "decision", "code"}) {
      if (!data.text(field).isEmpty()) {
        return ": " + data.text(field);
      }
    }
    return "";
  }

  private static String padded(String step) {
    return step + " ".repeat(Math.max(0, NAME_WIDTH - step.length()));
  }
}
