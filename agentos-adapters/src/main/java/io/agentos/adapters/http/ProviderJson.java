package io.agentos.adapters.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as providers speak it: snake_case wire records. Reading ignores unknown fields, for
 * providers add some every week, and is strict in all else: no number for a text, no text for a
 * number, no duplicate keys, no second document, no absurd depth.
 *
 * <p>Writing sorts the keys of maps, so that the same call is the same bytes in every process and a
 * provider's prompt cache can know it again. Thread-safe.
 */
public final class ProviderJson {
  private static final int EXPECTED_BYTES_MAX = 1024 * 1024;
  private static final int DEPTH_MAX = 100;
  private static final int NUMBER_LENGTH_MAX = 100;

  private static final JsonMapper MAPPER = mapper();
  private static final JsonMapper BYTES_MAPPER =
      MAPPER
          .rebuild()
          .addModule(new SimpleModule().addSerializer(String.class, new JsonTexts()))
          .build();

  private ProviderJson() {}

  /** The JSON text of a wire record or of JSON values. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** What is asked, as UTF-8, for a request in the words of its provider. */
  public static ByteBuffer bytes(Object asked, ModelRequest request) {
    return bytes(asked, expectedBytes(request));
  }

  /**
   * JSON as UTF-8.
   *
   * @param expected about how many bytes it will be
   */
  static ByteBuffer bytes(Object value, int expected) {
    JsonBytes bytes = new JsonBytes(expected);
    BYTES_MAPPER.writeValue(bytes, value);
    return bytes.written();
  }

  /**
   * The members of a JSON object: String, Long, BigInteger, BigDecimal, Boolean, List, Map or null.
   * Empty when the text is anything but one whole object.
   */
  public static Optional<Map<String, @Nullable Object>> object(String text) {
    JsonNode tree = tree(text);
    return tree.isObject() ? Optional.of(members(tree)) : Optional.empty();
  }

  /** The tree of a text; a missing node when the text is no JSON. */
  public static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      return MAPPER.missingNode();
    }
  }

  /** The tree of UTF-8 bytes; a missing node when they are no JSON. */
  static JsonNode tree(Bytes bytes) {
    try {
      return MAPPER.readTree(bytes.array(), bytes.start(), bytes.size());
    } catch (JacksonException e) {
      return MAPPER.missingNode();
    }
  }

  /** The wire record in UTF-8 bytes; null when they are {@code null} or nothing. */
  static <T> @Nullable T read(Bytes bytes, Class<T> type) {
    return MAPPER.readValue(bytes.array(), bytes.start(), bytes.size(), type);
  }

  /** The wire record in a text; null when the text is {@code null} or nothing. */
  static <T> @Nullable T read(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  /** Most of a call is its texts; a few of their characters take two bytes. */
  private static int expectedBytes(ModelRequest request) {
    long length = request.system().length();
    for (Message message : request.messages()) {
      length +=
          switch (message) {
            case Message.User(String text, List<Image> images) ->
                text.length() + images.stream().mapToLong(image -> image.base64().length()).sum();
            case Message.ToolAnswer answer -> answer.text().length();
            case Message.Assistant assistant -> assistant.text().length();
          };
    }
    return (int) Math.min(EXPECTED_BYTES_MAX, length + length / 8 + 512);
  }

  private static Map<String, @Nullable Object> members(JsonNode object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
    return members;
  }

  /** Recursion is bounded by the depth that reading allows. */
  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> members(node);
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>(node.size());
        node.values().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case NULL -> null;
      case BINARY, MISSING, POJO -> throw new IllegalStateException("not from JSON text");
    };
  }

  private static Object number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      return node.decimalValue();
    }
    return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
  }

  private static JsonMapper mapper() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .maxStringLength(ProviderHttp.ANSWER_BYTES_MAX)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            coercion ->
                coercion
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
  }
}
