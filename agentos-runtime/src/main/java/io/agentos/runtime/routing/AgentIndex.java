package io.agentos.runtime.routing;

import io.agentos.api.AgentId;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.Shape;
import io.agentos.runtime.routing.AgentDirectory.Entry;
import io.agentos.runtime.routing.Words.Word;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** How much a long field weakens its words. */
  private static final double LENGTH_SHARE = 0.3;

  /** What two words in a row count for beyond the words. */
  private static final double PHRASE_WEIGHT = 0.8;

  /** Among a few agents, a word that two of them have is still no common word. */
  private static final int AGENTS_MIN = 30;

  /** Where a word of an agent stands, and what it counts there. */
  private enum Field {
    KEYWORDS(3),
    NAMES(2),
    DESCRIPTION(1),
    EXAMPLES(1),
    INPUTS(0.4),
    PACK(0.6);

    private final double weight;

    Field(double weight) {
      this.weight = weight;
    }
  }

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
  final List<Integer> exampleAgents = new ArrayList<>();
  final Map<Shape, Double> shapeWeights = new EnumMap<>(Shape.class);
  final Map<String, Double> inputWeights = new HashMap<>();
  final Typos typos;
  private final Map<String, Double> rarity = new HashMap<>();

  private final Words reader;

  AgentIndex(AgentDirectory directory, Words reader) {
    this.reader = reader;
    this.entries = directory.entries();
    entries.forEach(entry -> places.put(entry.agent().id(), places.size()));
    List<Map<Field, List<Word>>> fields = entries.stream().map(this::fields).toList();
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

  private Map<Field, List<Word>> fields(Entry entry) {
    AgentDefinition agent = entry.agent();
    StringBuilder inputs = new StringBuilder();
    agent
        .inputs()
        .forEach((name, input) ->
            inputs.append(name).append(' ').append(input.description()).append(' '));
    Map<Field, List<Word>> fields = new EnumMap<>(Field.class);
    fields.put(Field.KEYWORDS, read(String.join(" . ", agent.keywords())));
    fields.put(Field.NAMES, read(agent.id().agent() + " " + String.join(" ", agent.taskTypes())));
    fields.put(Field.DESCRIPTION, read(agent.description()));
    fields.put(Field.EXAMPLES, read(String.join(" ", agent.hints().examples())));
    fields.put(Field.INPUTS, read(inputs.toString()));
    fields.put(Field.PACK, read(entry.pack().name()));
    return fields;
  }

  Words reader() {
    return reader;
  }

  private List<Word> read(String text) {
    return reader.of(text, Integer.MAX_VALUE).stream().filter(word -> !word.silent()).toList();
  }

  private void rarities(List<Map<Field, List<Word>>> fields) {
    Map<String, Integer> having = new HashMap<>();
    for (Map<Field, List<Word>> agent : fields) {
      agent.values().stream()
          .flatMap(List::stream)
          .map(Word::stem)
          .distinct()
          .forEach(stem -> having.merge(stem, 1, Integer::sum));
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

  private void words(List<Map<Field, List<Word>>> fields) {
    Map<Field, Double> lengths = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      lengths.put(
          field, fields.stream().mapToInt(agent -> words(agent, field).size()).average().orElse(1));
    }
    for (int agent = 0; agent < fields.size(); agent++) {
      Map<String, Double> counts = new TreeMap<>();
      Map<String, String> written = new HashMap<>();
      for (Field field : Field.values()) {
        List<Word> words = words(fields.get(agent), field);
        double length =
            1 - LENGTH_SHARE + LENGTH_SHARE * words.size() / Math.max(1, lengths.get(field));
        for (Word word : words) {
          counts.merge(word.stem(), field.weight / length, Double::sum);
          written.putIfAbsent(word.stem(), word.written());
        }
      }
      for (Map.Entry<String, Double> count : counts.entrySet()) {
        double weight =
            rarity(count.getKey())
                * count.getValue()
                * (SATURATION + 1)
                / (count.getValue() + SATURATION);
        words
            .computeIfAbsent(count.getKey(), _ -> new ArrayList<>())
            .add(new Posting(agent, weight, written.getOrDefault(count.getKey(), "")));
      }
    }
  }

  private static List<Word> words(Map<Field, List<Word>> fields, Field field) {
    return fields.getOrDefault(field, List.of());
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
    for (String example : entries.get(agent).agent().hints().examples()) {
      List<String> stems = read(example).stream().map(Word::stem).distinct().toList();
      double length = length(stems);
      for (String stem : stems) {
        exampleWords
            .computeIfAbsent(stem, _ -> new ArrayList<>())
            .add(new ExampleWord(exampleAgents.size(), rarity(stem) / length));
      }
      exampleAgents.add(agent);
    }
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
