package io.agentos.tools.product.backlog;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One item that can be scored.
 *
 * @param confidence from 0 to 1
 * @param effort above 0, in the unit of the table
 */
record Item(int line, String name, double reach, double impact, double confidence, double effort) {
  private static final double WRONG = 1.5;

  /** Reach times impact times confidence, for each unit of effort. */
  double score() {
    return reach * impact * confidence / effort;
  }

  /** The score if it takes half as long again. */
  double scoreIfSlow() {
    return score() / WRONG;
  }

  /** The score if it takes two thirds of the time. */
  double scoreIfQuick() {
    return score() * WRONG;
  }

  Map<String, Object> fields(int rank, int best, int worst) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rank", rank);
    fields.put("item", name);
    fields.put("line", line);
    fields.put("score", Math.round(score() * 100) / 100.0);
    fields.put("reach", reach);
    fields.put("impact", impact);
    fields.put("confidence_percent", Math.round(confidence * 1000) / 10.0);
    fields.put("effort", effort);
    fields.put("rank_best", best);
    fields.put("rank_worst", worst);
    return fields;
  }
}
