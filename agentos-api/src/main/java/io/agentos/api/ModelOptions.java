package io.agentos.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of a model besides an answer.
 *
 * @param schema null for an answer in free text
 * @param effort null leaves it to the model
 * @param temperature 0 to 2; null leaves it to the model
 * @param stopSequences texts at which the answer ends, at most 4
 * @param cachePrompt whether the provider may be told to keep what comes before the last message
 *     for the next call, where that costs extra
 */
public record ModelOptions(
    ToolChoice toolChoice,
    @Nullable OutputSchema schema,
    @Nullable Effort effort,
    @Nullable Double temperature,
    List<String> stopSequences,
    boolean cachePrompt) {
  /** Nothing in particular. */
  public static final ModelOptions NONE =
      new ModelOptions(ToolChoice.AUTO, null, null, null, List.of(), false);

  public ModelOptions {
    stopSequences = List.copyOf(stopSequences);
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature is 0 to 2, not " + temperature);
    }
    if (stopSequences.size() > 4 || stopSequences.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("at most 4 stop sequences, none of them empty");
    }
  }

  public ModelOptions withToolChoice(ToolChoice choice) {
    return new ModelOptions(choice, schema, effort, temperature, stopSequences, cachePrompt);
  }

  public ModelOptions withSchema(OutputSchema wanted) {
    return new ModelOptions(toolChoice, wanted, effort, temperature, stopSequences, cachePrompt);
  }

  public ModelOptions withEffort(Effort wanted) {
    return new ModelOptions(toolChoice, schema, wanted, temperature, stopSequences, cachePrompt);
  }

  public ModelOptions withTemperature(double wanted) {
    return new ModelOptions(toolChoice, schema, effort, wanted, stopSequences, cachePrompt);
  }

  public ModelOptions withStopSequences(List<String> texts) {
    return new ModelOptions(toolChoice, schema, effort, temperature, texts, cachePrompt);
  }

  public ModelOptions withCachedPrompt() {
    return new ModelOptions(toolChoice, schema, effort, temperature, stopSequences, true);
  }
}
