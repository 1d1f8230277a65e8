package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words where a task goes and why. */
final class RouteWords {
  private static final int SHOWN_MAX = 5;

  private RouteWords() {}

  /** A page about an answer of POST /v1/tasks/route. */
  static String page(Fields found) {
    String agent = found.text("agent");
    List<String> lines = new ArrayList<>();
    lines.add(agent.isEmpty() ? "nobody" : chosen(found));
    lines.add("  why       " + found.text("reason"));
    String missing = String.join(", ", found.texts("missing"));
    if (!missing.isEmpty()) {
      lines.add("  missing   " + missing);
    }
    lines.addAll(others(found, agent));
    return String.join("\n", lines);
  }

  /** Such as {@code supabase.rls-auditor (0.82)}. */
  static String chosen(Fields found) {
    return String.format(
        Locale.ROOT,
        "%s (%.2f)",
        found.text("agent"),
        found.json().path("confidence").doubleValue(0));
  }

  /** Lines about a step {@code route} of a journal; none where the caller named the agent. */
  static List<String> ofStep(Fields step, String agent) {
    Fields route = step.in("result.route");
    if (route.text("reason").isEmpty()) {
      return List.of();
    }
    double confidence = route.json().path("confidence").doubleValue(0);
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "  routed    %.2f: %s", confidence, route.text("reason")));
    lines.addAll(others(route, agent));
    return lines;
  }

  /** A line for each of the others that came into question. */
  static List<String> others(Fields found, String agent) {
    return found.list("considered").stream()
        .filter(each -> !each.text("agent").equals(agent))
        .limit(SHOWN_MAX)
        .map(RouteWords::other)
        .toList();
  }

  private static String other(Fields each) {
    double score = each.json().path("score").doubleValue(0);
    String over = each.text("passed_over", "passedOver");
    String why = String.join(", ", each.texts("reasons"));
    return String.format(
        Locale.ROOT,
        "  else      %s %.2f: %s%s",
        each.text("agent"),
        score,
        why,
        over.isEmpty() ? "" : "; passed over: " + over);
  }
}
