package io.agentos.runtime.policy;

import io.agentos.api.Limits;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules look at in one decision. It has a canonical text, from which it can be read
 * again, so that a decision can be made a second time.
 *
 * <p>Used by one thread; it binds its values to CEL once, when the first condition asks.
 */
final class Situation {
  private final Subject subject;
  private final Facts facts;
  private final Map<String, Object> values;
  private final Set<String> pending;
  private final @Nullable Limits limits;
  private final List<Counted> counted;
  private final Set<String> cut;
  private final Map<String, Instant> times = new HashMap<>(2);
  private final Map<ZoneId, ZonedDateTime> clocks = new HashMap<>(2);
  private @Nullable Map<String, Object> bindings;

  /**
   * What a rate came to.
   *
   * @param key whose calls were counted
   * @param used what was counted within the window before this call
   * @param fits whether there was room for this one
   */
  record Counted(String rule, String key, long amount, long used, boolean fits) {}

  /**
   * @param values what conditions speak of: String, Long, Double, Boolean, List, Map with nulls
   * @param pending the variables that will be known later
   * @param limits the bounds the caller set; null for none
   * @param cut the arguments that were too long to be recorded
   */
  Situation(
      Subject subject,
      Facts facts,
      Map<String, Object> values,
      Set<String> pending,
      @Nullable Limits limits,
      List<Counted> counted,
      Set<String> cut) {
    this.subject = subject;
    this.facts = facts;
    this.values = Collections.unmodifiableMap(new HashMap<>(values));
    this.pending = Collections.unmodifiableSet(new TreeSet<>(pending));
    this.limits = limits;
    this.counted = List.copyOf(counted);
    this.cut = Collections.unmodifiableSet(new TreeSet<>(cut));
  }

  Subject subject() {
    return subject;
  }

  Facts facts() {
    return facts;
  }

  Map<String, Object> values() {
    return values;
  }

  Set<String> pending() {
    return pending;
  }

  @Nullable Limits limits() {
    return limits;
  }

  List<Counted> counted() {
    return counted;
  }

  Set<String> cut() {
    return cut;
  }

  /** A text among the values; empty when there is none. */
  String text(String name) {
    return values.getOrDefault(name, "").toString();
  }

  /** A time among the values; null when there is none. */
  @Nullable Instant time(String name) {
    Instant known = times.get(name);
    if (known == null && values.get(name) instanceof String text) {
      known = Instant.parse(text);
      times.put(name, known);
    }
    return known;
  }

  /** A time among the values as a zone's clocks show it; null when there is none. */
  @Nullable ZonedDateTime time(String name, ZoneId zone) {
    ZonedDateTime known = clocks.get(zone);
    Instant time = time(name);
    if (time != null && (known == null || !known.toInstant().equals(time))) {
      known = time.atZone(zone);
      clocks.put(zone, known);
    }
    return time == null ? null : known;
  }

  Map<String, Object> bindings() {
    Map<String, Object> bound = bindings;
    if (bound == null) {
      bound = Conditions.bind(subject, values);
      bindings = bound;
    }
    return bound;
  }

  /** The same with what rates came to. */
  Situation with(List<Counted> outcomes) {
    return new Situation(subject, facts, values, pending, limits, outcomes, cut);
  }

  /** The canonical text, without what is too long. */
  String record() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("subject", subject.text());
    map.put("facts", facts.toMap());
    if (limits != null) {
      map.put("limits", Json.readObject(Json.write(limits)));
    }
    map.put("pending", pending.stream().sorted().toList());
    map.put("counted", counted.stream().map(Situation::toMap).toList());
    Map<String, Object> recorded = new LinkedHashMap<>(values);
    Set<String> tooLong = new TreeSet<>(cut);
    if (values.get("args") instanceof Map<?, ?> arguments) {
      recorded.put("args", Recorded.of(arguments, tooLong));
    }
    map.put("values", recorded);
    map.put("cut", List.copyOf(tooLong));
    return CanonicalJson.write(map);
  }

  /** The situation of such a text. */
  @SuppressWarnings("unchecked")
  static Situation of(String record) {
    Map<String, @Nullable Object> map = Json.readObject(record);
    Map<String, Object> values =
        (Map<String, Object>) Objects.requireNonNull(Recorded.normal(map.get("values")));
    Object limits = map.get("limits");
    List<Map<String, Object>> counted =
        (List<Map<String, Object>>) Objects.requireNonNull(map.get("counted"));
    return new Situation(
        Subject.valueOf(String.valueOf(map.get("subject")).toUpperCase(java.util.Locale.ROOT)),
        Facts.of((Map<String, @Nullable Object>) Objects.requireNonNull(map.get("facts"))),
        values,
        Set.copyOf((List<String>) Objects.requireNonNull(map.get("pending"))),
        limits == null ? null : Json.read(Json.write(limits), Limits.class),
        counted.stream().map(Situation::counted).toList(),
        Set.copyOf((List<String>) Objects.requireNonNull(map.get("cut"))));
  }

  private static Map<String, Object> toMap(Counted counted) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rule", counted.rule());
    map.put("key", counted.key());
    map.put("amount", counted.amount());
    map.put("used", counted.used());
    map.put("fits", counted.fits());
    return map;
  }

  private static Counted counted(Map<String, Object> map) {
    return new Counted(
        String.valueOf(map.get("rule")),
        String.valueOf(map.get("key")),
        ((Number) Objects.requireNonNull(map.get("amount"))).longValue(),
        ((Number) Objects.requireNonNull(map.get("used"))).longValue(),
        Boolean.TRUE.equals(map.get("fits")));
  }
}
