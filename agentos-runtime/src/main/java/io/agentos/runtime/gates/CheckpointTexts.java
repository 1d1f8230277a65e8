package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts that a checkpoint is about, each with where it stands. */
final class CheckpointTexts {
  private CheckpointTexts() {}

  /**
   * One text.
   *
   * @param where for people, such as {@code in the answer}; never a payload
   */
  record Place(String where, String text) {}

  /**
   * What is new here: the input of the task, what the model has not read yet, the arguments of the
   * call, the answer. Names of members and numbers count as texts.
   */
  static List<Place> of(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask before -> input(before);
      case Checkpoint.BeforeModel before -> messages(before.call().messages());
      case Checkpoint.BeforeTool before ->
          values("in the arguments of " + before.tool().name(), before.call().arguments());
      case Checkpoint.BeforeOutput before -> {
        List<Place> places = new ArrayList<>();
        places.add(new Place("in the answer", before.output().text()));
        places.addAll(values("in the fields of the answer", before.output().fields()));
        yield places;
      }
    };
  }

  /** All that the caller gave. */
  static List<Place> input(Checkpoint checkpoint) {
    return values("in the input of the task", checkpoint.request().input().asFields());
  }

  /** All texts within a JSON value. */
  static List<String> leaves(@Nullable Object value) {
    List<String> leaves = new ArrayList<>();
    collect(value, leaves);
    return leaves;
  }

  /** The texts and numbers within the arguments of a call, without their names. */
  static List<String> values(Map<String, @Nullable Object> arguments) {
    List<String> values = new ArrayList<>();
    arguments.values().forEach(value -> scalars(value, values));
    return values;
  }

  private static void scalars(@Nullable Object value, List<String> values) {
    switch (value) {
      case String text -> values.add(text);
      case Number number -> values.add(number.toString());
      case Map<?, ?> map ->
          map.forEach((name, member) -> {
            values.add(String.valueOf(name));
            scalars(member, values);
          });
      case List<?> list -> list.forEach(item -> scalars(item, values));
      case null, default -> {}
    }
  }

  private static List<Place> messages(List<Message> messages) {
    List<Place> places = new ArrayList<>();
    // What stands before the last answer was looked at before that answer was asked for.
    for (Message message : messages.reversed()) {
      switch (message) {
        case Message.Assistant _ -> {
          return places.reversed();
        }
        case Message.User user -> places.add(new Place("in the task's text", user.text()));
        case Message.ToolAnswer answer ->
            places.add(new Place("in what " + answer.tool() + " read", answer.text()));
      }
    }
    return places.reversed();
  }

  private static List<Place> values(String where, Map<String, @Nullable Object> values) {
    return leaves(values).stream().map(text -> new Place(where, text)).toList();
  }

  private static void collect(@Nullable Object value, List<String> leaves) {
    switch (value) {
      case null -> {}
      case String text -> leaves.add(text);
      case Number number -> leaves.add(number.toString());
      case Map<?, ?> map ->
          map.forEach((name, member) -> {
            leaves.add(String.valueOf(name));
            collect(member, leaves);
          });
      case List<?> list -> list.forEach(item -> collect(item, leaves));
      default -> {}
    }
  }
}
