package io.agentos.runtime.budgets;

import io.agentos.api.BudgetId;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reserves for several calls in one transaction: the windows of all of them are locked in one
 * order, each call takes from all of its windows or from none, and the rows are written once.
 *
 * <p>Thread-safe.
 */
final class Reserver {
  private final Database database;
  private final Alerts alerts;

  Reserver(Database database, Alerts alerts) {
    this.database = database;
    this.alerts = alerts;
  }

  /** What becomes of each wish, in their order. Their names must differ. */
  List<Reservation> reserve(List<Want> wants) {
    return database.inEngine(tx -> reserve(tx, wants));
  }

  /** A window that covers a call, or the reservation that the call has already. */
  private record Covering(int number, @Nullable Known known, @Nullable Window window) {}

  private record Known(String state, long amount) {}

  private record Held(Want want, long amount, List<Window> windows) {}

  private List<Reservation> reserve(Tx tx, List<Want> wants) {
    Map<Integer, Known> known = new LinkedHashMap<>();
    Map<Integer, List<Window.Key>> covering = new LinkedHashMap<>();
    Map<Window.Key, Window> windows = new LinkedHashMap<>();
    for (Covering row : windowsOf(tx, wants)) {
      if (row.known != null) {
        known.put(row.number, row.known);
      }
      if (row.window != null) {
        windows.put(row.window.key(), row.window);
        covering.computeIfAbsent(row.number, _ -> new ArrayList<>()).add(row.window.key());
      }
    }
    List<Reservation> answers = new ArrayList<>(wants.size());
    List<Held> held = new ArrayList<>();
    Map<Window.Key, Long> taken = new TreeMap<>(Windows.ORDER);
    for (int i = 0; i < wants.size(); i++) {
      Want want = wants.get(i);
      Known before = known.get(i + 1);
      if (before != null) {
        answers.add(again(want, before));
        continue;
      }
      List<Window> covers =
          covering.getOrDefault(i + 1, List.of()).stream().map(windows::get).toList();
      Reservation answer = decide(want, covers);
      answers.add(answer);
      if (answer instanceof Reservation.Granted(long amount, boolean holds) && holds) {
        held.add(new Held(want, amount, covers));
        for (Window window : covers) {
          windows.put(window.key(), window.taking(amount));
          taken.merge(window.key(), amount, Long::sum);
        }
      }
    }
    take(tx, taken);
    hold(tx, held);
    alerts.exhausted(tx, answers);
    return answers;
  }

  /** All of it, what is left of it where that is enough, or the window that has too little. */
  private static Reservation decide(Want want, List<Window> covers) {
    long amount = want.amount();
    for (Window window : covers) {
      amount = Math.min(amount, window.left());
    }
    if (amount >= want.minimum()) {
      return new Reservation.Granted(amount, !covers.isEmpty());
    }
    Window scarce = covers.getFirst();
    for (Window window : covers) {
      boolean exhausted = window.unspent() < want.minimum();
      boolean worse = scarce.unspent() < want.minimum();
      if (exhausted == worse ? window.left() < scarce.left() : exhausted) {
        scarce = window;
      }
    }
    return new Reservation.Scarce(scarce, want.minimum());
  }

  /** The answer of the first time, to somebody who did not hear it. */
  private static Reservation again(Want want, Known before) {
    if (!before.state.equals("held")) {
      throw new IllegalStateException(
          "the reservation of attempt %d of step %s is %s already"
              .formatted(want.attempt(), want.key().name(), before.state));
    }
    return new Reservation.Granted(before.amount, true);
  }

  private static List<Covering> windowsOf(Tx tx, List<Want> wants) {
    return tx.query(
        BudgetsSql.WINDOWS_OF,
        Reserver::covering,
        texts(wants, want -> want.key().tenant().value()),
        wants.stream().map(want -> want.key().task().value()).toArray(UUID[]::new),
        texts(wants, want -> want.spender().line()),
        wants.stream().map(want -> want.key().position()).toArray(Integer[]::new),
        wants.stream().map(Want::attempt).toArray(Integer[]::new),
        texts(wants, want -> want.spender().agent().pack()),
        texts(wants, want -> want.spender().agent().toString()));
  }

  private static void take(Tx tx, Map<Window.Key, Long> taken) {
    if (taken.isEmpty()) {
      return;
    }
    List<Window.Key> keys = List.copyOf(taken.keySet());
    int found =
        tx.queryOne(
                BudgetsSql.TAKE,
                row -> row.number("windows"),
                Windows.tenants(keys),
                Windows.budgets(keys),
                Windows.starts(keys),
                taken.values().toArray(Long[]::new))
            .orElse(0);
    if (found != keys.size()) {
      throw new IllegalStateException(
          "%d of %d locked windows had less than they said"
              .formatted(keys.size() - found, keys.size()));
    }
  }

  private static void hold(Tx tx, List<Held> held) {
    if (held.isEmpty()) {
      return;
    }
    tx.update(
        BudgetsSql.HOLD,
        held.stream().map(h -> h.want.key().tenant().value()).toArray(String[]::new),
        held.stream().map(h -> h.want.key().task().value()).toArray(UUID[]::new),
        held.stream().map(h -> h.want.key().position()).toArray(Integer[]::new),
        held.stream().map(h -> h.want.attempt()).toArray(Integer[]::new),
        held.stream().map(h -> h.want.key().name()).toArray(String[]::new),
        held.stream().map(Held::amount).toArray(Long[]::new),
        held.stream().map(h -> leaseMillis(h.want)).toArray(Long[]::new),
        held.stream().map(h -> Windows.budgetArray(h.windows)).toArray(String[]::new),
        held.stream().map(h -> Windows.startArray(h.windows)).toArray(String[]::new));
  }

  private static long leaseMillis(Want want) {
    return want.lease() == null ? 0 : want.lease().toMillis();
  }

  private static Covering covering(Row row) {
    int number = row.number("n");
    String state = row.optionalText("known_state");
    return state == null
        ? new Covering(number, null, window(row))
        : new Covering(number, new Known(state, row.longNumber("known_amount")), null);
  }

  private static Window window(Row row) {
    return new Window(
        new Window.Key(
            new TenantId(row.text("tenant_id")),
            new BudgetId(row.uuid("budget_id")),
            row.instant("window_start")),
        Scope.of(row.text("scope")),
        row.text("target"),
        Period.of(row.text("period")),
        row.longNumber("limit_usd_micros"),
        row.longNumber("committed"),
        row.longNumber("reserved"));
  }

  private static String[] texts(List<Want> wants, java.util.function.Function<Want, String> text) {
    return wants.stream().map(text).toArray(String[]::new);
  }
}
