package io.agentos.runtime.killswitch;

import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what released switches held: all at once, or spread over time. Each task looks again
 * by itself when it is claimed: another switch may still cover it. Any node may do it, and one does
 * at a time; a task that was put away while its switch was released is found by the next look.
 *
 * <p>Thread-safe.
 */
public final class Restore {
  private final Database database;

  public Restore(Database database) {
    this.database = database;
  }

  private record Plan(UUID kill, @Nullable Integer perMinute) {}

  /**
   * Looks once, and returns how many tasks are ready now or were given their time. Gives back
   * thousands at a time: look again until it returns 0.
   */
  public int giveBack() {
    return database.inEngine(tx -> {
      int given = tx.update(RestoreSql.WAKE_UNNAMED);
      for (Plan plan : plans(tx)) {
        given += giveBack(tx, plan);
        tx.update(RestoreSql.DONE, plan.kill);
      }
      if (given > 0) {
        tx.query(RestoreSql.NOTIFY_READY, row -> true);
      }
      return given;
    });
  }

  private static int giveBack(Tx tx, Plan plan) {
    return plan.perMinute == null
        ? tx.update(RestoreSql.WAKE, plan.kill, plan.kill)
        : tx.update(RestoreSql.STAGGER, plan.perMinute, plan.perMinute, plan.kill, plan.kill);
  }

  private static List<Plan> plans(Tx tx) {
    return tx.query(
        RestoreSql.PLANS,
        row -> {
          int perMinute = row.number("restore_per_minute");
          return new Plan(row.uuid("kill_id"), perMinute == 0 ? null : perMinute);
        });
  }
}
