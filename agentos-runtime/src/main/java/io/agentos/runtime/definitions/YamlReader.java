package io.agentos.runtime.definitions;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML document, token by token, into a tree: bounded in bytes, depth and count of
 * values; no second document, no alias, no tag, no key twice, no number that is not finite.
 *
 * <p>It does not use YAML's own tree builders: those recurse once for each level before any bound
 * of ours could stop them, and they resolve aliases.
 */
final class YamlReader {
  static final int BYTES_MAX = 1024 * 1024;
  static final int DEPTH_MAX = 50;
  static final int VALUES_MAX = 20_000;
  static final int KEY_LENGTH_MAX = 200;

  /** The scanner's time for an unquoted text grows with the square of its length in a line. */
  static final int LINE_LENGTH_MAX = 50_000;

  private static final int NUMBER_LENGTH_MAX = 100;
  private static final int EXPONENT_MAX = 1_000;
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2 * DEPTH_MAX)
                  .maxNumberLength(NUMBER_LENGTH_MAX)
                  .maxStringLength(BYTES_MAX)
                  .build())
          .build();

  private final String file;
  private final Problems problems;
  private final Map<String, Place> places = new HashMap<>();

  private YamlReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The document, or empty when it could not be read, with the reasons in {@code problems}. */
  static Optional<Document> read(String file, byte[] content, Problems problems) {
    if (content.length > BYTES_MAX) {
      problems.add(file, "found %d bytes; allowed: %d".formatted(content.length, BYTES_MAX));
      return Optional.empty();
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      problems.add(file, "found bytes that are not UTF-8; allowed: text in UTF-8");
      return Optional.empty();
    }
    int wrong = unprintable(text);
    if (wrong < text.length()) {
      problems.add(
          file,
          placeOf(text, wrong),
          "",
          "found the character U+%04X; allowed: printable ones".formatted(text.codePointAt(wrong)));
      return Optional.empty();
    }
    int longest = text.lines().mapToInt(String::length).max().orElse(0);
    if (longest > LINE_LENGTH_MAX) {
      problems.add(
          file, "found a line of %d characters; allowed: %d".formatted(longest, LINE_LENGTH_MAX));
      return Optional.empty();
    }
    return new YamlReader(file, problems).read(text);
  }

  /** The index of the first character that YAML does not allow; the length when there is none. */
  private static int unprintable(String text) {
    int index = 0;
    while (index < text.length() && StreamReader.isPrintable(text.codePointAt(index))) {
      index += Character.charCount(text.codePointAt(index));
    }
    return index;
  }

  private static Place placeOf(String text, int index) {
    int line =
        (int) text.substring(0, index).chars().filter(character -> character == '\n').count();
    return new Place(line + 1, index - text.lastIndexOf('\n', index - 1));
  }

  private Optional<Document> read(String text) {
    int before = problems.count();
    try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        problems.add(file, "found no document; allowed: exactly one");
        return Optional.empty();
      }
      JsonNode tree = value(parser, first, "", 1);
      if (parser.nextToken() != null) {
        report(parser, "", "found a second document; allowed: exactly one");
      }
      return problems.count() == before
          ? Optional.of(new Document(file, tree, Map.copyOf(places)))
          : Optional.empty();
    } catch (JacksonException e) {
      reportUnreadable(e);
      return Optional.empty();
    }
  }

  private JsonNode value(YAMLParser parser, JsonToken token, String path, int depth) {
    places.putIfAbsent(path, place(parser.currentTokenLocation()));
    if (places.size() > VALUES_MAX) {
      throw new StreamConstraintsException(
          "found more than %d values; allowed: %d".formatted(VALUES_MAX, VALUES_MAX),
          parser.currentTokenLocation());
    }
    String tag = parser.getRawTag();
    if (tag != null) {
      report(
          parser,
          path,
          "found tag %s; allowed: values without tags"
              .formatted(Problems.quoted(tag.replace(STANDARD_TAG, "!!"))));
    }
    if (parser.isCurrentAlias()) {
      report(
          parser,
          path,
          "found alias %s; allowed: the value itself"
              .formatted(Problems.quoted("*" + parser.getString())));
    }
    return switch (token) {
      case START_OBJECT -> object(parser, path, deeper(parser, depth));
      case START_ARRAY -> array(parser, path, deeper(parser, depth));
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser, path);
      case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
      case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
      case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
      case VALUE_STRING -> JsonNodeFactory.instance.stringNode(parser.getString());
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a YAML value cannot begin with " + token);
    };
  }

  private static int deeper(YAMLParser parser, int depth) {
    if (depth > DEPTH_MAX) {
      throw new StreamConstraintsException(
          "found values more than %d levels deep; allowed: %d".formatted(DEPTH_MAX, DEPTH_MAX),
          parser.currentTokenLocation());
    }
    return depth + 1;
  }

  private ObjectNode object(YAMLParser parser, String path, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      if (key.length() > KEY_LENGTH_MAX) {
        throw new StreamConstraintsException(
            "found a key of %d characters; allowed: %d".formatted(key.length(), KEY_LENGTH_MAX),
            parser.currentTokenLocation());
      }
      String member = Document.member(path, key);
      boolean second = object.has(key);
      if (second) {
        report(
            parser,
            member,
            "found key %s a second time; allowed: each key once".formatted(Problems.quoted(key)));
      }
      places.putIfAbsent(member, place(parser.currentTokenLocation()));
      object.set(key, value(parser, parser.nextToken(), member, depth));
    }
    return object;
  }

  private ArrayNode array(YAMLParser parser, String path, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token, Document.item(path, array.size()), depth));
    }
    return array;
  }

  private static JsonNode integer(YAMLParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> JsonNodeFactory.instance.numberNode(parser.getIntValue());
      case LONG -> JsonNodeFactory.instance.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
          JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonNode decimal(YAMLParser parser, String path) {
    if (parser.isNaN()) {
      report(parser, path, "found %s; allowed: finite numbers".formatted(parser.getString()));
      return JsonNodeFactory.instance.nullNode();
    }
    BigDecimal number = parser.getDecimalValue();
    if (Math.abs((long) number.precision() - number.scale()) > EXPONENT_MAX) {
      report(
          parser,
          path,
          "found %s; allowed: exponents up to %d".formatted(parser.getString(), EXPONENT_MAX));
      return JsonNodeFactory.instance.nullNode();
    }
    // The schema validator reads a decimal as long where a whole number is wanted; it would throw.
    return number.abs().compareTo(LONG_MAX) > 0
        ? JsonNodeFactory.instance.numberNode(number.toBigInteger())
        : JsonNodeFactory.instance.numberNode(number);
  }

  private void report(YAMLParser parser, String path, String message) {
    problems.add(file, place(parser.currentTokenLocation()), path, message);
  }

  private void reportUnreadable(JacksonException e) {
    if (e.getCause() instanceof MarkedYamlEngineException yaml) {
      Mark mark = yaml.getProblemMark().orElse(null);
      Place place =
          mark == null ? Place.UNKNOWN : new Place(mark.getLine() + 1, mark.getColumn() + 1);
      problems.add(file, place, "", "not YAML: " + yaml.getProblem());
      return;
    }
    TokenStreamLocation location = e.getLocation();
    Place place = location == null ? Place.UNKNOWN : place(location);
    problems.add(file, place, "", e.getOriginalMessage());
  }

  private static Place place(TokenStreamLocation location) {
    return new Place(location.getLineNr(), location.getColumnNr());
  }
}
