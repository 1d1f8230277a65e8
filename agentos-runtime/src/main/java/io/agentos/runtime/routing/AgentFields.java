package io.agentos.runtime.routing;

import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.routing.AgentDirectory.Entry;
import io.agentos.runtime.routing.Words.Word;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The words of an agent by where they stand, each with its share of what a word there counts. */
record AgentFields(Map<Field, List<Shared>> words) {
  /** How much a long field weakens its words. */
  private static final double LENGTH_SHARE = 0.3;

  /** Where a word of an agent stands, and what it counts there. */
  enum Field {
    KEYWORDS(3),
    NAMES(2),
    DESCRIPTION(1),
    EXAMPLES(1),
    PACK(0.6),
    INPUTS(0.4);

    private final double weight;

    Field(double weight) {
      this.weight = weight;
    }
  }

  /** A word with its share: less than 1 where only several together are what is meant. */
  record Shared(Word word, double share) {}

  /** How much a word counts in all fields together, and how it is written in the first of them. */
  record Count(double sum, String written) {
    Count plus(Count other) {
      return new Count(sum + other.sum, written);
    }
  }

  static AgentFields of(Entry entry, Words reader) {
    AgentDefinition agent = entry.agent();
    StringBuilder inputs = new StringBuilder();
    agent
        .inputs()
        .forEach((name, input) ->
            inputs.append(name).append(' ').append(input.description()).append(' '));
    Map<Field, List<Shared>> words = new EnumMap<>(Field.class);
    words.put(Field.KEYWORDS, keywords(agent.keywords(), reader));
    String names = agent.id().agent() + " " + String.join(" ", agent.taskTypes());
    words.put(Field.NAMES, whole(names, reader));
    words.put(Field.DESCRIPTION, whole(agent.description(), reader));
    words.put(Field.EXAMPLES, whole(String.join(" ", agent.hints().examples()), reader));
    words.put(Field.PACK, whole(entry.pack().name(), reader));
    words.put(Field.INPUTS, whole(inputs.toString(), reader));
    return new AgentFields(words);
  }

  /** The words of a text that say something. */
  static List<Word> read(String text, Words reader) {
    return reader.of(text, Integer.MAX_VALUE).stream().filter(word -> !word.silent()).toList();
  }

  List<Shared> of(Field field) {
    return words.getOrDefault(field, List.of());
  }

  Set<String> stems() {
    Set<String> stems = new TreeSet<>();
    words.values().forEach(field -> field.forEach(shared -> stems.add(shared.word().stem())));
    return stems;
  }

  /**
   * How much each word counts, by stem.
   *
   * @param lengths the mean number of words of each field over all agents, at least 1
   */
  Map<String, Count> counts(Map<Field, Double> lengths) {
    Map<String, Count> counts = new TreeMap<>();
    for (Field field : Field.values()) {
      List<Shared> there = of(field);
      double mean = lengths.getOrDefault(field, 1.0);
      double length = 1 - LENGTH_SHARE + LENGTH_SHARE * there.size() / mean;
      for (Shared shared : there) {
        Count count = new Count(field.weight * shared.share() / length, shared.word().written());
        counts.merge(shared.word().stem(), count, Count::plus);
      }
    }
    return counts;
  }

  private static List<Shared> keywords(List<String> keywords, Words reader) {
    List<Shared> words = new ArrayList<>();
    for (String keyword : keywords) {
      List<Word> all = reader.of(keyword, Integer.MAX_VALUE);
      all.stream()
          .filter(word -> !word.silent())
          .forEach(word -> words.add(new Shared(word, 1 / Math.sqrt(all.size()))));
    }
    return words;
  }

  private static List<Shared> whole(String text, Words reader) {
    return read(text, reader).stream().map(word -> new Shared(word, 1)).toList();
  }
}
