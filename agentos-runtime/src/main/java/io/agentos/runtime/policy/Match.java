package io.agentos.runtime.policy;

import io.agentos.api.Zone;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * To what a rule applies: every part must fit, and a part that is empty always does. Patterns are a
 * name, {@code *}, or the beginning of a name with {@code *} at its end.
 *
 * @param tools not empty in a rule about tool calls, empty in all others
 * @param models not empty in a rule about model calls, empty in all others; each {@code
 *     PROVIDER/MODEL}
 * @param zones of the agent; in a rule about tool calls the later of the agent's and the tool's
 * @param labels the labels that must be there, with a pattern of the value
 * @param priorityMax the highest priority that fits
 */
public record Match(
    List<String> tenants,
    List<String> packs,
    List<String> agents,
    List<String> types,
    List<String> tools,
    List<String> models,
    List<Zone> zones,
    Map<String, String> labels,
    int priorityMax) {
  private static final String ANY = "*";

  /** Whether a match fits: not known yet as long as a fact is missing. */
  enum Answer {
    YES,
    NO,
    UNKNOWN;

    Answer and(Answer other) {
      if (this == NO || other == NO) {
        return NO;
      }
      return this == UNKNOWN ? UNKNOWN : other;
    }

    static Answer of(boolean fits) {
      return fits ? YES : NO;
    }
  }

  /** Which of several values of a fact must fit. */
  enum Quantifier {
    /** For permits: what is permitted must be so in every respect. */
    EVERY,
    /** For rules that restrict: it is enough that one respect is touched. */
    ANY
  }

  public Match {
    tenants = sorted(tenants);
    packs = sorted(packs);
    agents = sorted(agents);
    types = sorted(types);
    tools = sorted(tools);
    models = sorted(models);
    zones = sorted(zones);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Whether it fits what is known. */
  Answer answer(Facts facts, Quantifier quantifier) {
    if (priorityMax < facts.priority() || !fits(tenants, facts.tenant()) || !fitsLabels(facts)) {
      return Answer.NO;
    }
    return answer(packs, facts.packs(), quantifier)
        .and(answer(agents, facts.agents(), quantifier))
        .and(answer(types, facts.types(), quantifier))
        .and(answer(tools, facts.tools(), quantifier))
        .and(answer(models, facts.models(), quantifier))
        .and(zones.isEmpty() ? Answer.YES : answer(zoneNames(), facts.zones(), quantifier));
  }

  /** How many of the values fit one of the patterns. */
  private static int count(List<String> patterns, List<String> values) {
    int count = 0;
    for (String value : values) {
      if (fits(patterns, value)) {
        count++;
      }
    }
    return count;
  }

  private static Answer answer(List<String> patterns, Facts.Fact fact, Quantifier quantifier) {
    if (patterns.isEmpty() || patterns.contains(ANY)) {
      return Answer.YES;
    }
    return switch (fact) {
      case Facts.Unknown _ -> Answer.UNKNOWN;
      case Facts.Known(List<String> values) ->
          switch (quantifier) {
            case EVERY -> Answer.of(!values.isEmpty() && count(patterns, values) == values.size());
            case ANY -> Answer.of(count(patterns, values) > 0);
          };
    };
  }

  private boolean fitsLabels(Facts facts) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String value = facts.labels().get(label.getKey());
      if (value == null || !fits(label.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private List<String> zoneNames() {
    return zones.stream().map(Match::name).toList();
  }

  /** The name of a zone as facts and documents write it. */
  static String name(Zone zone) {
    return zone.name().toLowerCase(Locale.ROOT);
  }

  private static boolean fits(List<String> patterns, String value) {
    for (String pattern : patterns) {
      if (fits(pattern, value)) {
        return true;
      }
    }
    return patterns.isEmpty();
  }

  private static boolean fits(String pattern, String value) {
    int length = pattern.length() - ANY.length();
    return pattern.endsWith(ANY)
        ? value.regionMatches(0, pattern, 0, length)
        : value.equals(pattern);
  }

  /** Whether it is about this tool or model at all. */
  boolean names(Subject subject, String name) {
    return switch (subject) {
      case TASK -> true;
      case TOOL -> fits(tools, name);
      case MODEL -> fits(models, name);
    };
  }

  private static <T extends Comparable<T>> List<T> sorted(Collection<T> values) {
    return values.stream().distinct().sorted().toList();
  }
}
