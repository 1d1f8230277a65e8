package io.agentos.runtime.routing;

import io.agentos.api.AgentId;
import io.agentos.runtime.definitions.Shape;
import io.agentos.runtime.routing.AgentDirectory.Entry;
import io.agentos.runtime.routing.AgentFields.Field;
import io.agentos.runtime.routing.Words.Word;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The agents of a set of packs, ready to be compared with tasks: which words speak for which agent,
 * and how strongly. Made once for a set of packs.
 *
 * <p>The weight of a word for an agent is BM25F: how often it stands in the agent's fields, each
 * with its weight and by its length, less for each repetition, times how few agents have the word.
 *
 * <p>Immutable and thread-safe.
 */
final class AgentIndex {
  /** How soon repetitions of a word stop to count. */
  private static final double SATURATION = 1.2;

  /** What two words in a row count for beyond the words. */
  private static final double PHRASE_WEIGHT = 0.8;

  /** Among a few agents, a word that two of them have is still no common word. */
  private static final int AGENTS_MIN = 30;

  /** A word that speaks for an agent. */
  record Posting(int agent, double weight, String written) {}

  /** Words in a row that speak for an agent. */
  record Phrase(int agent, List<String> stems, double weight, String written) {}

  /** A word of an example, with its share of the example. */
  record ExampleWord(int example, double share) {}

  final List<Entry> entries;
  private final Map<AgentId, Integer> places = new HashMap<>();
  final Map<String, List<Posting>> words = new HashMap<>();
  final Map<String, List<Phrase>> phrases = new HashMap<>();
  final Map<String, List<ExampleWord>> exampleWords = new HashMap<>();

  /** Where the examples of each agent begin; those of the last end at the last place. */
  final int[] exampleStarts;

  final Map<Shape, Double> shapeWeights = new EnumMap<>(Shape.class);
  final Map<String, Double> inputWeights = new HashMap<>();
  final Typos typos;
  private final Map<String, Double> rarity = new HashMap<>();

  private final Words reader;

  AgentIndex(AgentDirectory directory, Words reader) {
    this.reader = reader;
    this.entries = directory.entries();
    entries.forEach(entry -> places.put(entry.agent().id(), places.size()));
    List<AgentFields> fields =
        entries.stream().map(entry -> AgentFields.of(entry, reader)).toList();
    this.exampleStarts = new int[entries.size() + 1];
    rarities(fields);
    words(fields);
    for (int agent = 0; agent < entries.size(); agent++) {
      phrases(agent);
      examples(agent);
    }
    shapes();
    inputs();
    this.typos = new Typos(words.keySet());
  }

  /** Where the agent stands in {@link #entries}. */
  int place(AgentId agent) {
    return places.getOrDefault(agent, -1);
  }

  /** How rare a word is among the agents: 1 when one has it, towards 0 when all have. */
  double rarity(String stem) {
    return rarity.getOrDefault(stem, 0.0);
  }

  Words reader() {
    return reader;
  }

  private List<Word> read(String text) {
    return AgentFields.read(text, reader);
  }

  private void rarities(List<AgentFields> fields) {
    Map<String, Integer> having = new HashMap<>();
    for (AgentFields agent : fields) {
      agent.stems().forEach(stem -> having.merge(stem, 1, Integer::sum));
    }
    having.forEach((stem, count) -> rarity.put(stem, rarity(count)));
  }

  private double rarity(int having) {
    return inverse(having) / inverse(1);
  }

  private double inverse(int having) {
    int agents = Math.max(AGENTS_MIN, entries.size());
    return Math.log(1 + (agents - having + 0.5) / (having + 0.5));
  }

  private void words(List<AgentFields> fields) {
    Map<Field, Double> lengths = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      double mean = fields.stream().mapToInt(agent -> agent.of(field).size()).average().orElse(1);
      lengths.put(field, Math.max(1, mean));
    }
    for (int agent = 0; agent < fields.size(); agent++) {
      int place = agent;
      fields
          .get(agent)
          .counts(lengths)
          .forEach((stem, count) ->
              words
                  .computeIfAbsent(stem, _ -> new ArrayList<>())
                  .add(
                      new Posting(
                          place,
                          rarity(stem)
                              * count.sum()
                              * (SATURATION + 1)
                              / (count.sum() + SATURATION),
                          count.written())));
    }
  }

  private void phrases(int agent) {
    for (String keyword : entries.get(agent).agent().keywords()) {
      List<String> stems = read(keyword).stream().map(Word::stem).toList();
      if (stems.size() > 1) {
        double weight = PHRASE_WEIGHT * stems.stream().mapToDouble(this::rarity).sum();
        phrases
            .computeIfAbsent(stems.getFirst(), _ -> new ArrayList<>())
            .add(new Phrase(agent, stems, weight, keyword));
      }
    }
  }

  private void examples(int agent) {
    int number = exampleStarts[agent];
    for (String example : entries.get(agent).agent().hints().examples()) {
      List<String> stems = read(example).stream().map(Word::stem).distinct().toList();
      double length = length(stems);
      int place = number;
      for (String stem : stems) {
        exampleWords
            .computeIfAbsent(stem, _ -> new ArrayList<>())
            .add(new ExampleWord(place, rarity(stem) / length));
      }
      number++;
    }
    exampleStarts[agent + 1] = number;
  }

  private double length(List<String> stems) {
    double squares = stems.stream().mapToDouble(stem -> rarity(stem) * rarity(stem)).sum();
    return squares == 0 ? 1 : Math.sqrt(squares);
  }

  private void shapes() {
    for (Shape shape : Shape.values()) {
      long having =
          entries.stream().filter(entry -> entry.agent().hints().shapes().contains(shape)).count();
      if (having > 0) {
        shapeWeights.put(shape, rarity((int) having));
      }
    }
  }

  private void inputs() {
    Map<String, Integer> having = new HashMap<>();
    for (Entry entry : entries) {
      entry.agent().inputs().keySet().forEach(name -> having.merge(name, 1, Integer::sum));
    }
    having.forEach((name, count) -> inputWeights.put(name, rarity(count)));
  }
}
