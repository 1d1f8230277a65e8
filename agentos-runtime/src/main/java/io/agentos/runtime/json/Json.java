package io.agentos.runtime.json;

import io.agentos.api.AgentOsException;
import io.agentos.api.Checkpoint;
import io.agentos.api.Decision;
import io.agentos.api.ErrorCode;
import io.agentos.api.GateResult;
import io.agentos.api.Message;
import io.agentos.api.Part;
import io.agentos.api.Response;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolChoice;
import io.agentos.api.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * JSON as AgentOS speaks it: snake_case, RFC 3339 times, ISO 8601 durations, sealed types with a
 * {@code kind}. Reading is strict: unknown fields, duplicate keys, trailing tokens and absurd sizes
 * are refused.
 *
 * <p>Thread-safe.
 */
public final class Json {
  private static final int DEPTH_MAX = 100;
  private static final int NUMBER_LENGTH_MAX = 100;
  private static final int TEXT_LENGTH_MAX = 16 * 1024 * 1024;

  private static final List<Class<?>> SEALED =
      List.of(
          Checkpoint.class,
          Decision.class,
          GateResult.class,
          Message.class,
          Part.class,
          Response.class,
          TaskInput.class,
          ToolChoice.class,
          Verdict.class);

  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  /** The mapper itself, for trees and for readers of other formats that share its rules. */
  public static JsonMapper mapperForTrees() {
    return MAPPER;
  }

  /** The JSON text of {@code value}. */
  public static String write(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * The value in a text that AgentOS itself wrote.
   *
   * @throws AgentOsException INTERNAL when the text does not fit the type
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new AgentOsException(
          ErrorCode.INTERNAL,
          "Stored JSON does not fit %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()),
          e);
    }
  }

  /** One member of an object that AgentOS itself wrote, as {@code type}. */
  public static <T> T readMember(String text, String member, Class<T> type) {
    try {
      JsonNode tree = MAPPER.readTree(text).get(member);
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new AgentOsException(
          ErrorCode.INTERNAL,
          "Stored JSON does not fit %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()),
          e);
    }
  }

  /** The members of a JSON object that AgentOS itself wrote. */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> readObject(String text) {
    return read(text, Map.class);
  }

  /** The tree of a text that came from outside; throws Jackson's own exception with the place. */
  public static JsonNode readTree(byte[] text) {
    return MAPPER.readTree(text);
  }

  /** The value as plain JSON values: String, Integer, Long, BigDecimal, Boolean, List, Map. */
  public static @Nullable Object plain(JsonNode tree) {
    return MAPPER.convertValue(tree, Object.class);
  }

  private static JsonMapper mapper() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .maxStringLength(TEXT_LENGTH_MAX)
            .build();
    JsonMapper.Builder builder =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    for (Class<?> type : SEALED) {
      builder.addMixIn(type, Kind.class);
      for (Class<?> variant : type.getPermittedSubclasses()) {
        builder.registerSubtypes(new NamedType(variant, snakeCase(variant.getSimpleName())));
      }
    }
    return builder.build();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
