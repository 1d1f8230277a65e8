package io.agentos.runtime.routing;

import io.agentos.api.AgentOsException;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.routing.AgentDirectory.Entry;
import io.agentos.runtime.routing.AgentDirectory.Selection;
import io.agentos.runtime.routing.Route.Considered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the agent that serves a request: the one it names; else the only one of the pack and type
 * it names; else, among those, the one of whose keywords the task's text speaks most clearly. It
 * never guesses: where two fit alike, the caller is asked to name one.
 *
 * <p>Pure and thread-safe.
 */
public final class TaskRouter {
  /** How many agents a route tells that came into question. */
  public static final int CONSIDERED_MAX = 20;

  /** How clearly the best must lead: its score, by its own and the second's together. */
  private static final double CONFIDENCE_MIN = 0.6;

  /** An agent with what the text says for it. */
  private record Scored(Entry entry, Considered considered) {
    int score() {
      return considered.score();
    }
  }

  /**
   * The agent that serves the request, and within what.
   *
   * @param allowed what the policies allow; the route's limits are never wider
   * @param packs the packs that are enabled for the tenant, in any order
   * @throws AgentOsException UNKNOWN_AGENT when no agent fits or several fit alike, with their
   *     names or the nearest; INVALID_INPUT when the input does not fit the agent
   */
  public Route route(Request request, Limits allowed, List<PackDefinition> packs) {
    AgentDirectory directory = AgentDirectory.of(packs);
    Selection selection = directory.select(request.target());
    Route route =
        selection.named() && selection.entries().size() == 1
            ? only(selection, allowed)
            : byKeywords(directory, selection, request.input().text(), allowed);
    route.agent().checkInput(request.input());
    return route;
  }

  private static Route only(Selection selection, Limits allowed) {
    Entry entry = selection.entries().getFirst();
    Considered considered = new Considered(entry.agent().id(), 0, List.of());
    return route(entry, allowed, selection.reason(), 1, List.of(considered));
  }

  private static Route byKeywords(
      AgentDirectory directory, Selection selection, String text, Limits allowed) {
    List<Scored> scored = scored(selection.entries(), new TaskText(text));
    Scored best = scored.getFirst();
    if (best.score() == 0) {
      throw selection.named() ? AgentDirectory.several(selection.entries()) : directory.none();
    }
    List<Scored> alike =
        scored.stream().filter(one -> confidence(best, one) < CONFIDENCE_MIN).toList();
    if (alike.size() > 1) {
      throw AgentDirectory.several(alike.stream().map(Scored::entry).toList());
    }
    return route(
        best.entry(),
        allowed,
        "keywords in the text: " + String.join(", ", best.considered().keywords()),
        scored.size() > 1 ? confidence(best, scored.get(1)) : 1,
        scored.stream()
            .filter(one -> one.score() > 0)
            .limit(CONSIDERED_MAX)
            .map(Scored::considered)
            .toList());
  }

  /** Best first, those that are alike by id. */
  private static List<Scored> scored(List<Entry> entries, TaskText text) {
    return entries.stream()
        .map(entry -> new Scored(entry, considered(entry.agent(), text)))
        .sorted(
            Comparator.comparingInt(Scored::score)
                .reversed()
                .thenComparing(scored -> scored.entry().id()))
        .toList();
  }

  private static Considered considered(AgentDefinition agent, TaskText text) {
    List<String> found = new ArrayList<>();
    int score = 0;
    for (String keyword : agent.keywords()) {
      int words = text.score(keyword);
      if (words > 0) {
        found.add(keyword);
        score += words;
      }
    }
    return new Considered(agent.id(), score, found);
  }

  /** 0.5 when the two fit alike, 1 when nothing speaks for the other; two decimals. */
  private static double confidence(Scored best, Scored other) {
    return Math.round(100.0 * best.score() / (best.score() + other.score())) / 100.0;
  }

  private static Route route(
      Entry entry, Limits allowed, String reason, double confidence, List<Considered> considered) {
    return new Route(
        entry.agent(),
        entry.pack().version(),
        entry.pack().digest(),
        entry.agent().limits().applyTo(allowed),
        reason,
        confidence,
        considered);
  }
}
