package io.agentos.runtime.routing;

import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.Shape;
import io.agentos.runtime.routing.Words.Word;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the router reads of a task: the words it says, with how much each counts, the inputs it
 * gives and what they look like. Only the beginning of long texts is read.
 *
 * @param words what is asked, in order, for phrases
 * @param weights by stem, in the order of the text: 1 for what is asked, less for what is only
 *     given
 * @param given the names of the inputs that are there, a text that is not blank among them
 */
record Reading(
    List<Word> words, Map<String, Double> weights, Set<String> given, Set<Shape> shapes) {
  /** The longest text that is read, in characters. */
  static final int TEXT_LENGTH_MAX = 8_192;

  /** Who asks says it in so many words; what follows is rather what they paste. */
  static final int ASKED_WORDS_MAX = 120;

  private static final int WORDS_MAX = 600;
  private static final int VALUES_MAX = 50;
  private static final int VALUE_WORDS_MAX = 60;
  private static final double GIVEN_WEIGHT = 0.3;

  static Reading of(TaskInput input, Words lexicon) {
    String text = input.text();
    String read = text.substring(0, Math.min(TEXT_LENGTH_MAX, text.length()));
    List<Word> words = lexicon.of(read, WORDS_MAX);
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      add(weights, words.get(i), i < ASKED_WORDS_MAX ? 1 : GIVEN_WEIGHT);
    }
    Set<String> given = new LinkedHashSet<>();
    if (!text.isBlank()) {
      given.add(TaskInput.TEXT_FIELD);
    }
    Set<Shape> shapes = EnumSet.noneOf(Shape.class);
    shapes.addAll(Shapes.of(read));
    Map<String, @Nullable Object> fields = input.asFields();
    int values = 0;
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      Object value = field.getValue();
      if (field.getKey().equals(TaskInput.TEXT_FIELD) || value == null || ++values > VALUES_MAX) {
        continue;
      }
      given.add(field.getKey());
      if (value instanceof String content) {
        shapes.addAll(Shapes.of(content));
        String begin = content.substring(0, Math.min(Shapes.READ_MAX, content.length()));
        lexicon.of(begin, VALUE_WORDS_MAX).forEach(word -> add(weights, word, GIVEN_WEIGHT));
      }
    }
    return new Reading(words, weights, given, shapes);
  }

  /** Whether the task gives anything but a text. */
  boolean named() {
    return given.stream().anyMatch(name -> !name.equals(TaskInput.TEXT_FIELD));
  }

  private static void add(Map<String, Double> weights, Word word, double weight) {
    if (!word.silent()) {
      weights.merge(word.stem(), weight, Math::max);
    }
  }
}
