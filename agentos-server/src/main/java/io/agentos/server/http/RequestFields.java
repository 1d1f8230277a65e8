package io.agentos.server.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The members of one object of a request, read strictly: what does not fit is noted with its path,
 * and reading goes on, so that a caller learns of everything at once. A member that is null counts
 * as absent. Used by one thread.
 */
final class RequestFields {
  private final JsonNode object;
  private final String path;
  private final FieldProblems problems;

  /** Notes every member that is not {@code known}, with the nearest one that is. */
  RequestFields(JsonNode object, String path, FieldProblems problems, String... known) {
    this.object = object;
    this.path = path;
    this.problems = problems;
    List<String> names = List.of(known);
    for (String name : object.propertyNames()) {
      if (!names.contains(name)) {
        problems.add(
            member(path, FieldProblems.shortened(name)),
            problems.isFull() ? "" : FieldProblems.unknown(name, names));
      }
    }
  }

  /** The path of a member. */
  static String member(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Notes a problem with a member. */
  void problem(String name, String message) {
    problems.add(member(path, name), message);
  }

  /** A member as it is. */
  Optional<JsonNode> value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** Whether a member is there, be it null. */
  boolean named(String name) {
    return object.get(name) != null;
  }

  /** Notes that a member is missing when it is. */
  void require(String name) {
    if (value(name).isEmpty()) {
      problem(name, "is required");
    }
  }

  /** A text of at most {@code lengthMax} characters without NUL, which Postgres cannot store. */
  Optional<String> text(String name, int lengthMax) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().isString()) {
      problem(name, "must be a string");
      return Optional.empty();
    }
    String text = value.get().stringValue();
    if (text.length() > lengthMax) {
      problem(name, "must have at most %,d characters".formatted(lengthMax));
      return Optional.empty();
    }
    if (text.indexOf('\0') >= 0) {
      problem(name, "must not hold the character U+0000");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** The same, with at least one character that is not white space. */
  Optional<String> requiredText(String name, int lengthMax) {
    require(name);
    Optional<String> text = text(name, lengthMax);
    if (text.isPresent() && text.get().isBlank()) {
      problem(name, "must not be blank");
      return Optional.empty();
    }
    return text;
  }

  /** One of some words. */
  Optional<String> choice(String name, List<String> words) {
    Optional<String> text = text(name, Integer.MAX_VALUE);
    if (text.isPresent() && !words.contains(text.get())) {
      problem(name, "must be one of %s".formatted(String.join(", ", words)));
      return Optional.empty();
    }
    return text;
  }

  /** A whole number; compared before it is converted, for 1e1000000000 is a number too. */
  Optional<Long> whole(String name, long min, long max) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().isNumber()) {
      BigDecimal number = value.get().decimalValue();
      if (number.compareTo(BigDecimal.valueOf(min)) >= 0
          && number.compareTo(BigDecimal.valueOf(max)) <= 0
          && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0)) {
        return Optional.of(number.longValueExact());
      }
    }
    problem(name, "must be a whole number from %d to %d".formatted(min, max));
    return Optional.empty();
  }

  /** A truth value; absent means no. */
  boolean flag(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      problem(name, "must be true or false");
    }
    return value.isPresent() && value.get().isBoolean() && value.get().booleanValue();
  }

  /** A time of RFC 3339. */
  Optional<Instant> time(String name) {
    Optional<String> text = text(name, Times.LENGTH_MAX);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> time = Times.parse(text.get());
    if (time.isEmpty()) {
      problem(name, "must be " + Times.SHAPE);
    }
    return time;
  }

  /** A duration of ISO 8601 from one second to {@code max}. */
  Optional<Duration> duration(String name, Duration max) {
    Optional<String> text = text(name, Times.LENGTH_MAX);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration duration = Duration.parse(text.get());
      if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(max) <= 0) {
        return Optional.of(duration);
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Told below.
    }
    problem(name, "must be an ISO 8601 duration from PT1S to %s, such as PT5M".formatted(max));
    return Optional.empty();
  }

  /** An object within this one. */
  Optional<RequestFields> object(String name, String... known) {
    Optional<JsonNode> value = objectNode(name);
    return value.map(node -> new RequestFields(node, member(path, name), problems, known));
  }

  /** The objects of an array of {@code min} to {@code max}; none when it is not there. */
  List<RequestFields> objects(String name, int min, int max, String... known) {
    Optional<JsonNode> value = value(name);
    List<RequestFields> objects = new ArrayList<>();
    if (value.isEmpty()) {
      return objects;
    }
    if (!value.get().isArray() || value.get().size() < min || value.get().size() > max) {
      problem(name, "must be an array of %d to %d objects".formatted(min, max));
      return objects;
    }
    for (int i = 0; i < value.get().size(); i++) {
      String place = "%s[%d]".formatted(member(path, name), i);
      if (value.get().get(i).isObject()) {
        objects.add(new RequestFields(value.get().get(i), place, problems, known));
      } else {
        problems.add(place, "must be an object");
      }
    }
    return objects;
  }

  /** The members of an object whose names are free, in their order. */
  Map<String, JsonNode> members(String name) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    objectNode(name)
        .ifPresent(node -> node.properties().forEach(m -> members.put(m.getKey(), m.getValue())));
    return members;
  }

  private Optional<JsonNode> objectNode(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isObject()) {
      problem(name, "must be an object");
      return Optional.empty();
    }
    return value;
  }
}
