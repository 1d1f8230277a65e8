package io.agentos.server.http;

import io.agentos.api.AgentId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query, read as strictly as a body: unknown ones and doubled ones are noted,
 * and what does not fit as well. Used by one thread.
 */
final class QueryParameters {
  static final int LIMIT_DEFAULT = 50;
  static final int LIMIT_MAX = 200;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final FieldProblems problems = new FieldProblems();

  private QueryParameters() {}

  static QueryParameters of(String query, String... known) {
    QueryParameters parameters = new QueryParameters();
    List<String> names = List.of(known);
    for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = parameters.decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : parameters.decoded(part.substring(equals + 1));
      if (!names.contains(name)) {
        parameters.problem(FieldProblems.shortened(name), FieldProblems.unknown(name, names));
        continue;
      }
      parameters.values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return parameters;
  }

  /** The same for a query that others make up, such as a provider: unknown ones are left alone. */
  static QueryParameters lenient(String query) {
    QueryParameters all = new QueryParameters();
    for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = all.decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : all.decoded(part.substring(equals + 1));
      all.values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return all;
  }

  /** Notes a problem with a parameter. */
  void problem(String name, String message) {
    problems.add(name, message);
  }

  /** Refuses the request when there is any problem. */
  void check() {
    problems.throwIfAny();
  }

  /** All values of a parameter that may be repeated. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value of a parameter that may be there once. */
  Optional<String> one(String name) {
    List<String> given = all(name);
    if (given.size() > 1) {
      problem(name, "must be given once");
      return Optional.empty();
    }
    return given.stream().findFirst();
  }

  /** How many objects a page shall have. */
  int limit() {
    Optional<String> text = one("limit");
    if (text.isEmpty()) {
      return LIMIT_DEFAULT;
    }
    if (text.get().matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= LIMIT_MAX) {
        return limit;
      }
    }
    problem("limit", "must be a whole number from 1 to " + LIMIT_MAX);
    return LIMIT_DEFAULT;
  }

  /** Where the page begins; empty for the first. */
  <T> Optional<T> cursor(Cursor<T> kind) {
    Optional<String> text = one("cursor");
    Optional<T> place = text.flatMap(kind::decode);
    if (text.isPresent() && place.isEmpty()) {
      problem("cursor", "must be the next_cursor of an earlier page of this list");
    }
    return place;
  }

  /** One of some words. */
  Optional<String> choice(String name, List<String> words) {
    Optional<String> text = one(name);
    if (text.isPresent() && !words.contains(text.get())) {
      problem(name, "must be one of " + String.join(", ", words));
      return Optional.empty();
    }
    return text;
  }

  /** The name of a pack or a task type. */
  Optional<String> name(String name) {
    Optional<String> text = one(name);
    if (text.isPresent() && !AgentId.isName(text.get())) {
      problem(name, "must be 1 to 63 of a-z, 0-9 and '-', beginning with a letter");
      return Optional.empty();
    }
    return text;
  }

  /** The id of an agent, {@code pack.agent}. */
  Optional<String> agent(String name) {
    Optional<String> text = one(name);
    int dot = text.orElse("").indexOf('.');
    if (text.isPresent()
        && (dot < 0
            || !AgentId.isName(text.get().substring(0, dot))
            || !AgentId.isName(text.get().substring(dot + 1)))) {
      problem(name, "must be PACK.AGENT, such as supabase.rls-auditor");
      return Optional.empty();
    }
    return text;
  }

  /** A text that Postgres can compare with, of at most {@code lengthMax} characters. */
  Optional<String> text(String name, int lengthMax) {
    Optional<String> text = one(name);
    if (text.isPresent() && (text.get().length() > lengthMax || text.get().indexOf('\0') >= 0)) {
      problem(name, "must have at most %d characters, none of them U+0000".formatted(lengthMax));
      return Optional.empty();
    }
    return text;
  }

  /** A time of RFC 3339. */
  Optional<Instant> time(String name) {
    Optional<String> text = one(name);
    // A plus sign that was not escaped arrives as a space.
    Optional<Instant> time = text.flatMap(given -> Times.parse(given.replace(' ', '+')));
    if (text.isPresent() && time.isEmpty()) {
      problem(name, "must be " + Times.SHAPE);
    }
    return time;
  }

  private String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      problem("query", "has a '%' that is not followed by two hexadecimal digits");
      return "";
    }
  }
}
