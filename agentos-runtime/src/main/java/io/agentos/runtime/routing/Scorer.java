package io.agentos.runtime.routing;

import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.Problems;
import io.agentos.runtime.definitions.Shape;
import io.agentos.runtime.routing.AgentIndex.ExampleWord;
import io.agentos.runtime.routing.AgentIndex.Phrase;
import io.agentos.runtime.routing.AgentIndex.Posting;
import io.agentos.runtime.routing.Words.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds up what speaks for each agent: words, phrases, the nearest example, inputs that are there
 * and what things look like. The same task and packs make the same sums, in the same order.
 */
final class Scorer {
  static final int REASONS_MAX = 6;

  /** A word that is probably a known one with a slip. */
  private static final double TYPO_WEIGHT = 0.7;

  private static final double EXAMPLE_WEIGHT = 6;
  private static final double INPUT_WEIGHT = 2;
  private static final double SHAPE_WEIGHT = 1.6;

  /** A task and an example that share one word only are not alike. */
  private static final int SHARED_MIN = 2;

  /** What an unknown word counts when a task is compared with examples. */
  private static final double UNKNOWN_RARITY = 0.4;

  private enum Kind {
    WORD("word %s"),
    PHRASE("words %s"),
    EXAMPLE("like its example %s"),
    INPUT("input %s"),
    SHAPE("given %s");

    private final String format;

    Kind(String format) {
      this.format = format;
    }
  }

  /** Takes what speaks for an agent. */
  @FunctionalInterface
  private interface Sink {
    void add(int agent, double weight, Kind kind, String what);
  }

  private record Reason(double weight, Kind kind, String what) {
    String text() {
      return kind.format.formatted(Problems.quoted(what));
    }
  }

  private final AgentIndex index;

  Scorer(AgentIndex index) {
    this.index = index;
  }

  /** What speaks for each agent, by its place in the index. */
  double[] scores(Reading reading) {
    double[] scores = new double[index.entries.size()];
    addUp(reading, (agent, weight, _, _) -> scores[agent] += weight);
    return scores;
  }

  /** Why, for some agents: in the agents' own words, never the task's, the strongest first. */
  Map<Integer, List<String>> reasons(Reading reading, Set<Integer> agents) {
    Map<Integer, List<Reason>> found = new HashMap<>();
    addUp(
        reading,
        (agent, weight, kind, what) -> {
          if (agents.contains(agent) && weight > 0) {
            found
                .computeIfAbsent(agent, _ -> new ArrayList<>())
                .add(new Reason(weight, kind, what));
          }
        });
    Map<Integer, List<String>> told = new HashMap<>();
    found.forEach((agent, reasons) ->
        told.put(
            agent,
            reasons.stream()
                .sorted(Comparator.comparingDouble(Reason::weight).reversed())
                .map(Reason::text)
                .distinct()
                .limit(REASONS_MAX)
                .toList()));
    return told;
  }

  private void addUp(Reading reading, Sink sink) {
    Known known = known(reading);
    known
        .weights()
        .forEach((stem, weight) -> {
          for (Posting posting : index.words.getOrDefault(stem, List.of())) {
            sink.add(posting.agent(), weight * posting.weight(), Kind.WORD, posting.written());
          }
        });
    phrases(reading.words(), sink);
    examples(known, sink);
    for (int agent = 0; agent < index.entries.size(); agent++) {
      inputs(reading, agent, sink);
    }
  }

  /**
   * The words of a task that any agent has, slips mended.
   *
   * @param asked how many words are asked
   * @param strange how many of those no agent has
   */
  private record Known(Map<String, Double> weights, int asked, int strange) {}

  private Known known(Reading reading) {
    Map<String, Double> known = new LinkedHashMap<>();
    int asked = 0;
    int strange = 0;
    for (Map.Entry<String, Double> word : reading.weights().entrySet()) {
      boolean there = index.words.containsKey(word.getKey());
      Optional<String> meant =
          there ? Optional.of(word.getKey()) : index.typos.meant(word.getKey());
      double weight = there ? word.getValue() : word.getValue() * TYPO_WEIGHT;
      meant.ifPresent(stem -> known.merge(stem, weight, Math::max));
      if (word.getValue() >= 1) {
        asked++;
        strange += meant.isPresent() ? 0 : 1;
      }
    }
    return new Known(known, asked, strange);
  }

  /** Which share of the words that are asked no agent has, 0 to 1. */
  double strange(Reading reading) {
    Known known = known(reading);
    return known.asked() == 0 ? 0 : (double) known.strange() / known.asked();
  }

  private void phrases(List<Word> words, Sink sink) {
    List<String> stems = words.stream().filter(word -> !word.silent()).map(Word::stem).toList();
    Set<Phrase> found = new HashSet<>();
    for (int i = 0; i < stems.size(); i++) {
      for (Phrase phrase : index.phrases.getOrDefault(stems.get(i), List.of())) {
        int end = i + phrase.stems().size();
        if (end <= stems.size()
            && stems.subList(i, end).equals(phrase.stems())
            && found.add(phrase)) {
          sink.add(phrase.agent(), phrase.weight(), Kind.PHRASE, phrase.written());
        }
      }
    }
  }

  /**
   * The nearest example of each agent, by the cosine of the angle between its words and the task's.
   */
  private void examples(Known known, Sink sink) {
    double[] near = new double[index.exampleStarts[index.entries.size()]];
    int[] shared = new int[near.length];
    double squares = known.strange() * UNKNOWN_RARITY * UNKNOWN_RARITY;
    for (Map.Entry<String, Double> word : known.weights().entrySet()) {
      double share = word.getValue() * index.rarity(word.getKey());
      if (word.getValue() < TYPO_WEIGHT) {
        continue; // rather given than asked
      }
      squares += share * share;
      for (ExampleWord there : index.exampleWords.getOrDefault(word.getKey(), List.of())) {
        near[there.example()] += share * there.share();
        shared[there.example()]++;
      }
    }
    if (squares == 0) {
      return;
    }
    double length = Math.sqrt(squares);
    for (int agent = 0; agent < index.entries.size(); agent++) {
      int first = index.exampleStarts[agent];
      int best = first;
      for (int example = first; example < index.exampleStarts[agent + 1]; example++) {
        boolean nearer = shared[example] >= SHARED_MIN && near[example] > near[best];
        best = nearer || shared[best] < SHARED_MIN ? example : best;
      }
      if (best < index.exampleStarts[agent + 1] && shared[best] >= SHARED_MIN) {
        double cosine = near[best] / length;
        sink.add(
            agent,
            EXAMPLE_WEIGHT * cosine * cosine,
            Kind.EXAMPLE,
            index.entries.get(agent).agent().hints().examples().get(best - first));
      }
    }
  }

  private void inputs(Reading reading, int agent, Sink sink) {
    AgentDefinition definition = index.entries.get(agent).agent();
    for (String name : reading.given()) {
      if (!name.equals(TaskInput.TEXT_FIELD) && definition.inputs().containsKey(name)) {
        double weight = INPUT_WEIGHT * index.inputWeights.getOrDefault(name, 0.0);
        sink.add(agent, weight, Kind.INPUT, name);
      }
    }
    for (Shape shape : definition.hints().shapes()) {
      if (reading.shapes().contains(shape)) {
        double weight = SHAPE_WEIGHT * index.shapeWeights.getOrDefault(shape, 0.0);
        sink.add(agent, weight, Kind.SHAPE, shape.text());
      }
    }
  }
}
