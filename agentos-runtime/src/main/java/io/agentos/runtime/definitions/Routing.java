package io.agentos.runtime.definitions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model is chosen among an agent's candidates.
 *
 * @param weights the share of each candidate of {@link Strategy#WEIGHTED}, as the agent names it;
 *     empty otherwise
 */
public record Routing(Strategy strategy, Map<String, Integer> weights) {
  /** As listed. */
  public static final Routing PINNED = new Routing(Strategy.PINNED, Map.of());

  /** What is asked first; the others follow when it fails. */
  public enum Strategy {
    /** The candidates as listed. */
    PINNED,
    /** The one whose call would cost least. */
    CHEAPEST,
    /** The one that answered quickest of late. */
    FASTEST,
    /** The one of the highest quality in the catalogue. */
    BEST,
    /** Each task by lot, by weights; a task keeps its lot. */
    WEIGHTED
  }

  public Routing {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }
}
