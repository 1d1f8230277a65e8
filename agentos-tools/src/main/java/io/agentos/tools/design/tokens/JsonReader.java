package io.agentos.tools.design.tokens;

import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.JsonFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON with the lines of its values and the names that stand twice. Owned by one thread. */
final class JsonReader {
  private static final int DEPTH_MAX = 60;
  private static final int DUPLICATES_MAX = 100;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  /** A name that stands twice in one object. */
  record Duplicate(String name, int line, int firstLine) {}

  private final JsonParser parser;
  private final List<Duplicate> duplicates = new ArrayList<>();

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** What was read. */
  record Read(Json.Members root, List<Duplicate> duplicates) {}

  /**
   * Reads one object.
   *
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS with the line of what is wrong
   */
  static Read read(GivenText given) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), given.text())) {
      JsonReader reader = new JsonReader(parser);
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw GivenTexts.wrong(
            "%s is JSON, but not an object of tokens: it begins with %s. Wanted: { \"color\": { … } }."
                .formatted(given.name(), first == JsonToken.START_ARRAY ? "an array" : "a value"));
      }
      Json root = reader.value(first);
      if (parser.nextToken() != null) {
        throw GivenTexts.wrong(
            "%s has more behind the end of its object, in line %d. A file holds one object."
                .formatted(given.name(), parser.currentTokenLocation().getLineNr()));
      }
      return new Read((Json.Members) root, reader.duplicates);
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      boolean known = place != null && place.getLineNr() > 0;
      throw GivenTexts.wrong(
          "%s is not JSON%s: %s"
              .formatted(
                  given.name(),
                  known
                      ? " in line %d, column %d".formatted(place.getLineNr(), place.getColumnNr())
                      : " that can be read",
                  JsonFault.words(e)));
    }
  }

  private Json value(JsonToken token) {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (token) {
      case START_OBJECT -> object(line);
      case START_ARRAY -> array(line);
      case VALUE_STRING -> new Json.Text(parser.getString(), line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Json.Figure(Double.parseDouble(parser.getString()), line);
      default -> new Json.Word(parser.getString(), line);
    };
  }

  private Json object(int line) {
    Map<String, Json> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int nameLine = parser.currentTokenLocation().getLineNr();
      Integer first = lines.putIfAbsent(name, nameLine);
      if (first != null && duplicates.size() < DUPLICATES_MAX) {
        duplicates.add(new Duplicate(name, nameLine, first));
      }
      values.put(name, value(parser.nextToken()));
    }
    return new Json.Members(values, line);
  }

  private Json array(int line) {
    List<Json> values = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      values.add(value(token));
      token = parser.nextToken();
    }
    return new Json.Items(values, line);
  }
}
