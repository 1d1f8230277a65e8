package io.agentos.runtime.models;

import io.agentos.api.RateLimit;
import io.agentos.runtime.store.Database;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Limits as rows of Postgres, on its clock. Thread-safe. */
final class PostgresWindows implements Windows {
  private final Database database;

  PostgresWindows(Database database) {
    this.database = database;
  }

  @Override
  public Taken take(String provider, String model, RateLimit.Kind kind, long size, long amount) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return database.inEngine(tx -> {
      Optional<Integer> left =
          tx.queryOne(
              WindowsSql.TAKE,
              row -> row.number("left_millis"),
              provider,
              model,
              name,
              size,
              amount);
      if (left.isPresent()) {
        return new Taken(true, Duration.ofMillis(left.get()));
      }
      int wait =
          tx.queryOne(WindowsSql.LEFT, row -> row.number("left_millis"), provider, model, name)
              .orElse(0);
      return new Taken(false, Duration.ofMillis(wait));
    });
  }
}
