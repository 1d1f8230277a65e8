package io.agentos.runtime.policy;

import io.agentos.api.StepKey;
import io.agentos.runtime.policy.Evaluation.Due;
import io.agentos.runtime.policy.Situation.Counted;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls against rates, in Postgres and on its clock, so that all nodes together never exceed
 * one. Whatever was counted stays counted for the length of its window, whether the call then ran,
 * runs still or was refused elsewhere.
 *
 * <p>Thread-safe.
 */
final class Rates {
  private static final String POLICY = "/policy";
  private static final String EDITED = "/edited";

  private final @Nullable Database database;

  Rates(@Nullable Database database) {
    this.database = database;
  }

  /** Only to end a transaction in which not everything fits. */
  private static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Counted> counted;

    Full(List<Counted> counted) {
      super(null, null, false, false);
      this.counted = counted;
    }
  }

  /**
   * Counts a call against all that is due: all or, when a rate that forbids has no room, none. A
   * call that was counted is not counted again, neither when its step is tried a second time nor
   * when a person has changed its arguments; what it counts may change with them.
   */
  List<Counted> count(StepKey step, List<Due> due) {
    if (database == null) {
      throw new IllegalStateException("rates cannot be counted without a store");
    }
    List<Due> ordered = new ArrayList<>(due);
    ordered.sort(Comparator.comparing((Due each) -> each.rule().id()).thenComparing(Due::key));
    try {
      return database.inTenant(
          step.tenant(),
          tx -> {
            List<Counted> counted = new ArrayList<>();
            boolean full = false;
            for (Due each : ordered) {
              Counted one = count(tx, step, each);
              counted.add(one);
              full |= !one.fits() && over(each) == Rate.Over.FORBID;
            }
            if (full) {
              throw new Full(counted);
            }
            return counted;
          });
    } catch (Full e) {
      return List.copyOf(e.counted);
    }
  }

  private static Counted count(Tx tx, StepKey step, Due due) {
    String tenant = step.tenant().value();
    String rule = due.rule().id();
    tx.update(PolicySql.LOCK_RATE, tenant, rule, due.key());
    Optional<Counted> before =
        tx.queryOne(
            PolicySql.SLOT,
            row ->
                new Counted(
                    rule,
                    due.key(),
                    row.longNumber("amount"),
                    row.longNumber("used"),
                    row.flag("fits")),
            tenant,
            rule,
            due.key(),
            step.task().value(),
            call(step));
    if (before.isPresent() && before.get().amount() == due.amount()) {
      return before.get();
    }
    if (before.isPresent()) {
      tx.update(PolicySql.GIVE_BACK, tenant, rule, due.key(), step.task().value(), call(step));
    }
    return take(tx, step, due);
  }

  /** What a step decides about: the same for a call and for the same call with changes. */
  private static String call(StepKey step) {
    String name = step.name();
    name = name.endsWith(POLICY) ? name.substring(0, name.length() - POLICY.length()) : name;
    return name.endsWith(EDITED) ? name.substring(0, name.length() - EDITED.length()) : name;
  }

  private static Counted take(Tx tx, StepKey step, Due due) {
    String tenant = step.tenant().value();
    String rule = due.rule().id();
    Rate rate = rate(due);
    Integer seconds = Math.toIntExact(rate.window().toSeconds());
    tx.update(PolicySql.FORGET, tenant, rule, due.key());
    long used =
        tx.queryOne(PolicySql.USED, row -> row.longNumber("used"), tenant, rule, due.key(), seconds)
            .orElse(0L);
    boolean fits = due.amount() <= rate.max() - used;
    if (fits || rate.over() == Rate.Over.REQUIRE_APPROVAL) {
      tx.update(
          PolicySql.TAKE,
          tenant,
          rule,
          due.key(),
          step.task().value(),
          call(step),
          due.amount(),
          used,
          fits,
          seconds);
      tx.update(PolicySql.NOTE_USED, used + due.amount(), tenant, rule, due.key());
    }
    return new Counted(rule, due.key(), due.amount(), used, fits);
  }

  private static Rate.Over over(Due due) {
    return rate(due).over();
  }

  private static Rate rate(Due due) {
    Rate rate = due.rule().rule().rate();
    if (rate == null) {
      throw new IllegalStateException("no rate in rule " + due.rule().id());
    }
    return rate;
  }
}
