package io.agentos.runtime.routing;

import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.routing.AgentDirectory.Entry;
import io.agentos.runtime.routing.AgentDirectory.Selection;
import io.agentos.runtime.routing.Route.Considered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides between agents by what speaks for each: the best where it leads clearly, the manager of
 * the pack where only the pack is clear, nobody else.
 */
final class Ranking {
  /** Less than this is chance: one word of a description, say. */
  static final double SCORE_MIN = 1.1;

  /** What must speak for an agent beyond that where no agent knows the words of the task. */
  private static final double STRANGE_MORE = 0.9;

  /** An agent that lacks what it needs, or cannot work now, gives way to one this close. */
  private static final double CLOSE = 0.6;

  private static final double LACKING_SHARE = 0.7;
  private static final String MANAGER = "manager";

  /** An agent with what speaks for it and against it. */
  private record Ranked(int place, Entry entry, double score, @Nullable String hindrance) {
    String pack() {
      return entry.pack().name();
    }
  }

  private final AgentIndex index;
  private final Availability availability;
  private final Reading reading;
  private final Selection selection;

  Ranking(AgentIndex index, Availability availability, Reading reading, Selection selection) {
    this.index = index;
    this.availability = availability;
    this.reading = reading;
    this.selection = selection;
  }

  /** Who should do it, with reasons. */
  Analysis decide() {
    List<Ranked> ranked = ranked();
    List<Considered> considered = considered(ranked);
    List<Ranked> fitting = fitting(ranked);
    Ranked best = fitting.getFirst();
    double strange = new Scorer(index).strange(reading);
    if (best.score() < SCORE_MIN + STRANGE_MORE * strange) {
      return Analysis.nobody(
          selection.named()
              ? AgentDirectory.alike(selection.entries())
              : AgentDirectory.nothing(index.entries, nearest(fitting)),
          considered);
    }
    List<Ranked> alike =
        fitting.stream()
            .filter(other -> other.place() == best.place() || confidence(best, other) < clear(best))
            .toList();
    if (alike.size() == 1) {
      double confidence = fitting.size() > 1 ? confidence(best, fitting.get(1)) : 1;
      return chosen(best, confidence, String.join(", ", reasons(considered, best)), considered);
    }
    return manager(alike, fitting)
        .map(manager ->
            chosen(
                manager,
                ofPack(fitting, manager.pack()),
                "the pack %s is clear and between its agents %s the task does not decide"
                    .formatted(manager.pack(), named(alike)),
                considered))
        .orElseGet(() ->
            Analysis.nobody(
                AgentDirectory.alike(alike.stream().map(Ranked::entry).toList()), considered));
  }

  private Analysis chosen(
      Ranked ranked, double confidence, String reason, List<Considered> considered) {
    AgentDefinition agent = ranked.entry().agent();
    List<String> missing = agent.missingInputs(reading.given());
    return new Analysis(agent.id(), confidence, reason, considered, missing);
  }

  /** All that were selected, best first, those that are alike by id. */
  private List<Ranked> ranked() {
    double[] scores = new Scorer(index).scores(reading);
    List<Ranked> ranked = new ArrayList<>();
    for (Entry entry : selection.entries()) {
      int place = index.place(entry.agent().id());
      ranked.add(ranked(place, entry, scores[place]));
    }
    ranked.sort(
        Comparator.comparingDouble(Ranked::score).reversed().thenComparingInt(Ranked::place));
    return ranked;
  }

  private Ranked ranked(int place, Entry entry, double score) {
    List<String> unknown = entry.agent().unknownInputs(reading.given());
    List<String> missing = entry.agent().missingInputs(reading.given());
    double share = missing.isEmpty() || !reading.named() ? 1 : LACKING_SHARE;
    String hindrance =
        unknown.isEmpty()
            ? availability.hindrance(entry.agent()).orElse(null)
            : "takes no input " + String.join(", ", unknown);
    return new Ranked(place, entry, score * share, hindrance);
  }

  /**
   * Those that could do it, best first. Where nobody could that fits about as well as the best, the
   * best stays: what hinders it is then told as such.
   */
  private static List<Ranked> fitting(List<Ranked> ranked) {
    Ranked best = ranked.getFirst();
    List<Ranked> able = ranked.stream().filter(one -> one.hindrance() == null).toList();
    boolean another = !able.isEmpty() && able.getFirst().score() >= CLOSE * best.score();
    return another ? able : ranked;
  }

  /** 0.5 when the two fit alike, 1 when nothing speaks for the other; two decimals. */
  private static double confidence(Ranked best, Ranked other) {
    double both = best.score() + other.score();
    return both == 0 ? 0.5 : Math.round(100 * best.score() / both) / 100.0;
  }

  /** The more an agent may do, the clearer it must be that it is meant. */
  private static double clear(Ranked best) {
    return switch (best.entry().agent().zone()) {
      case Zone.GREEN -> 0.53;
      case Zone.YELLOW -> 0.57;
      case Zone.RED -> 0.65;
    };
  }

  private Optional<Ranked> manager(List<Ranked> alike, List<Ranked> fitting) {
    Set<String> packs = new HashSet<>(alike.stream().map(Ranked::pack).toList());
    return packs.size() > 1
        ? Optional.empty()
        : fitting.stream()
            .filter(one -> packs.contains(one.pack()))
            .filter(one -> one.entry().agent().id().agent().equals(MANAGER))
            .filter(one -> one.hindrance() == null)
            .findFirst();
  }

  private static double ofPack(List<Ranked> fitting, String pack) {
    return fitting.stream()
        .filter(one -> !one.pack().equals(pack))
        .findFirst()
        .map(other -> confidence(fitting.getFirst(), other))
        .orElse(1.0);
  }

  private List<Considered> considered(List<Ranked> ranked) {
    List<Ranked> told =
        ranked.stream().filter(one -> one.score() > 0).limit(TaskRouter.CONSIDERED_MAX).toList();
    Set<Integer> places = new HashSet<>(told.stream().map(Ranked::place).toList());
    Map<Integer, List<String>> reasons = new Scorer(index).reasons(reading, places);
    return told.stream()
        .map(one ->
            new Considered(
                one.entry().agent().id(),
                Math.round(100 * one.score()) / 100.0,
                reasons.getOrDefault(one.place(), List.of()),
                one.hindrance()))
        .toList();
  }

  private static List<Entry> nearest(List<Ranked> fitting) {
    return fitting.stream()
        .filter(one -> one.score() > 0)
        .limit(AgentDirectory.NEAREST_MAX)
        .map(Ranked::entry)
        .toList();
  }

  private static List<String> reasons(List<Considered> considered, Ranked ranked) {
    return considered.stream()
        .filter(one -> one.agent().equals(ranked.entry().agent().id()))
        .findFirst()
        .map(Considered::reasons)
        .orElse(List.of());
  }

  private static String named(List<Ranked> alike) {
    return String.join(", ", alike.stream().map(one -> one.entry().agent().id().agent()).toList());
  }
}
