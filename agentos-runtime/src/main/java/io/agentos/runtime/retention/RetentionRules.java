package io.agentos.runtime.retention;

import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Row;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many days a tenant keeps each kind of record.
 *
 * @param days by the kind's name; null for ever. A kind that is not here has its default
 * @param revision counts the changes
 */
public record RetentionRules(Map<String, @Nullable Integer> days, long revision) {
  // Not compact: the class file of a compact constructor loses that values may be null.
  public RetentionRules(Map<String, @Nullable Integer> days, long revision) {
    this.days = Collections.unmodifiableMap(new TreeMap<>(days));
    this.revision = revision;
  }

  /** How long a kind is kept; null for ever. */
  @Nullable Integer daysOf(Retained kind) {
    return days.containsKey(kind.name()) ? days.get(kind.name()) : kind.daysDefault();
  }

  /** As the database has them. */
  String text() {
    return Json.write(days);
  }

  static RetentionRules of(Row row) {
    Map<String, @Nullable Integer> days = new TreeMap<>();
    Json.readObject(row.text("rules"))
        .forEach((kind, value) ->
            days.put(kind, value instanceof Number number ? number.intValue() : null));
    return new RetentionRules(days, row.longNumber("revision"));
  }
}
