package io.agentos.runtime.definitions;

import io.agentos.api.Effort;
import io.agentos.runtime.definitions.Routing.Strategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how an llm agent's model is chosen and how it is to answer. */
final class RoutingReader {
  private static final Duration CACHE_MAX = Duration.ofDays(30);

  private RoutingReader() {}

  /** The rules of choice; pinned where the agent says nothing. */
  static Routing routing(Section spec) {
    if (!spec.has("routing")) {
      return Routing.PINNED;
    }
    Section routing = spec.section("routing");
    Strategy strategy = Strategy.valueOf(routing.text("strategy").toUpperCase(Locale.ROOT));
    Map<String, Integer> weights = weights(routing, spec.texts("models"));
    if (strategy == Strategy.WEIGHTED && weights.values().stream().allMatch(w -> w == 0)) {
      routing.problem("weights", "missing; allowed: a share above 0 for at least one candidate");
    } else if (strategy != Strategy.WEIGHTED && routing.has("weights")) {
      routing.problem(
          "weights",
          "found with strategy %s; allowed: with weighted".formatted(routing.text("strategy")));
    }
    return new Routing(strategy, weights);
  }

  /** How the model is to answer. */
  static Generation generation(Section spec) {
    @Nullable Object temperature = spec.plain("temperature");
    return new Generation(
        spec.has("effort") ? Effort.valueOf(spec.text("effort").toUpperCase(Locale.ROOT)) : null,
        temperature == null ? null : new BigDecimal(temperature.toString()).doubleValue(),
        !spec.has("promptCache") || spec.flag("promptCache"),
        spec.duration("responseCache", CACHE_MAX).orElse(null));
  }

  private static Map<String, Integer> weights(Section routing, List<String> candidates) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    Section section = routing.section("weights");
    for (String candidate : section.members().keySet()) {
      if (!candidates.contains(candidate)) {
        section.problem(
            candidate,
            "unknown candidate '%s'; allowed: %s%s"
                .formatted(
                    candidate, String.join(", ", candidates), Nearest.hint(candidate, candidates)));
      }
      section.number(candidate).ifPresent(share -> weights.put(candidate, Math.toIntExact(share)));
    }
    return weights;
  }
}
