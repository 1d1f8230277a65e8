package io.agentos.runtime.privacy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.redaction.CustomPattern;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.redaction.Marks;
import io.agentos.runtime.redaction.RedactionRules;
import io.agentos.runtime.redaction.SensitiveKind;
import io.agentos.runtime.redaction.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant asks to be done with each kind of sensitive value, for all its agents and for
 * single ones. A kind that it does not name is treated as {@link #DEFAULTS} say.
 *
 * <p>Immutable.
 *
 * @param kinds for all agents
 * @param agents for single agents, by {@code PACK.AGENT}, over what holds for all
 * @param patterns by name, in the syntax of RE2
 * @param words the dictionary
 */
public record PrivacyRules(
    Map<SensitiveKind, Transform> kinds,
    Map<String, Map<SensitiveKind, Transform>> agents,
    Map<String, String> patterns,
    List<String> words) {
  public static final int AGENTS_MAX = 200;
  public static final int WORDS_MAX = 1_000;
  public static final int WORD_CHARS_MAX = 100;

  /**
   * Credentials and numbers that pay or identify are masked; what reaches people is a token, so
   * that tools still can; names and addresses are guesses, and places and machines say little:
   * left.
   */
  public static final Map<SensitiveKind, Transform> DEFAULTS = defaults();

  /** A tenant that asks for nothing in particular. */
  public static final PrivacyRules NONE = new PrivacyRules(Map.of(), Map.of(), Map.of(), List.of());

  public PrivacyRules(
      Map<SensitiveKind, Transform> kinds,
      Map<String, Map<SensitiveKind, Transform>> agents,
      Map<String, String> patterns,
      List<String> words) {
    this.kinds = ordered(kinds);
    TreeMap<String, Map<SensitiveKind, Transform>> byAgent = new TreeMap<>();
    agents.forEach((agent, own) -> byAgent.put(agent, ordered(own)));
    this.agents = Collections.unmodifiableMap(byAgent);
    this.patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
    this.words = List.copyOf(words);
  }

  /** The rules for one agent, ready to be used. */
  RedactionRules of(AgentId agent, Vocabulary vocabulary) {
    EnumMap<SensitiveKind, Transform> transforms = new EnumMap<>(DEFAULTS);
    transforms.putAll(kinds);
    transforms.putAll(agents.getOrDefault(agent.toString(), Map.of()));
    return new RedactionRules(transforms, vocabulary.patterns, vocabulary.words);
  }

  /** The tenant's own patterns and words, compiled. */
  record Vocabulary(List<CustomPattern> patterns, KnownValues words) {}

  Vocabulary vocabulary() {
    List<CustomPattern> compiled = new ArrayList<>();
    patterns.forEach((name, regex) -> compiled.add(CustomPattern.of(name, regex)));
    return new Vocabulary(compiled, KnownValues.words(words));
  }

  /** As people and callers see them, with what the defaults say where the tenant says nothing. */
  public Map<String, Object> toJson() {
    EnumMap<SensitiveKind, Transform> all = new EnumMap<>(DEFAULTS);
    all.putAll(kinds);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kinds", named(all));
    Map<String, Object> byAgent = new LinkedHashMap<>();
    agents.forEach((agent, own) -> byAgent.put(agent, named(own)));
    json.put("agents", byAgent);
    json.put("patterns", patterns);
    json.put("words", words);
    return json;
  }

  /**
   * Reads what {@link #toJson} shows.
   *
   * @throws AgentOsException INVALID_REQUEST saying what is wrong where, never quoting a word
   */
  public static PrivacyRules read(Map<String, @Nullable Object> json) {
    for (String field : json.keySet()) {
      if (!List.of("kinds", "agents", "patterns", "words").contains(field)) {
        throw wrong(
            "There is no field '%s'; there are kinds, agents, patterns and words."
                .formatted(field));
      }
    }
    Map<String, Map<SensitiveKind, Transform>> agents = new LinkedHashMap<>();
    object(json.get("agents"), "agents")
        .forEach((agent, own) -> agents.put(agent, transforms(own, "agents." + agent)));
    Map<String, String> patterns = new LinkedHashMap<>();
    object(json.get("patterns"), "patterns")
        .forEach((name, regex) -> patterns.put(name, text(regex, "patterns." + name)));
    List<String> words = new ArrayList<>();
    if (json.get("words") instanceof List<?> list) {
      list.forEach(word -> words.add(text(word, "words")));
    }
    if (agents.size() > AGENTS_MAX || words.size() > WORDS_MAX) {
      throw wrong("There are at most %s agents and %s words.".formatted(AGENTS_MAX, WORDS_MAX));
    }
    if (words.stream().anyMatch(word -> word.length() > WORD_CHARS_MAX)) {
      throw wrong("A word of 'words' has at most %s characters.".formatted(WORD_CHARS_MAX));
    }
    PrivacyRules rules =
        new PrivacyRules(transforms(json.get("kinds"), "kinds"), agents, patterns, words);
    try {
      rules.of(new AgentId("any", "agent"), rules.vocabulary());
    } catch (IllegalArgumentException e) {
      throw new AgentOsException(ErrorCode.INVALID_REQUEST, e.getMessage() + ".", e);
    }
    return rules;
  }

  static PrivacyRules parse(String json) {
    return read(Json.readObject(json));
  }

  private static Map<SensitiveKind, Transform> transforms(@Nullable Object value, String where) {
    EnumMap<SensitiveKind, Transform> transforms = new EnumMap<>(SensitiveKind.class);
    object(value, where)
        .forEach((kind, transform) ->
            transforms.put(
                one(SensitiveKind.class, kind, where),
                one(Transform.class, text(transform, where), where + "." + kind)));
    return transforms;
  }

  private static <E extends Enum<E>> E one(Class<E> among, String name, String where) {
    for (E each : among.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    List<String> names = new ArrayList<>();
    for (E each : among.getEnumConstants()) {
      names.add(each.name().toLowerCase(Locale.ROOT));
    }
    throw wrong("'%s' at %s is none of %s.".formatted(name, where, String.join(", ", names)));
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value, String where) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> object.put(String.valueOf(name), member));
    } else if (value != null) {
      throw wrong("%s must be an object.".formatted(where));
    }
    return object;
  }

  private static String text(@Nullable Object value, String where) {
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw wrong("%s must be a text.".formatted(where));
  }

  private static AgentOsException wrong(String problem) {
    return new AgentOsException(ErrorCode.INVALID_REQUEST, problem);
  }

  private static Map<String, Object> named(Map<SensitiveKind, Transform> transforms) {
    Map<String, Object> named = new LinkedHashMap<>();
    transforms.forEach((kind, transform) ->
        named.put(Marks.name(kind), transform.name().toLowerCase(Locale.ROOT)));
    return named;
  }

  private static Map<SensitiveKind, Transform> ordered(Map<SensitiveKind, Transform> transforms) {
    EnumMap<SensitiveKind, Transform> ordered = new EnumMap<>(SensitiveKind.class);
    ordered.putAll(transforms);
    return Collections.unmodifiableMap(ordered);
  }

  private static Map<SensitiveKind, Transform> defaults() {
    EnumMap<SensitiveKind, Transform> defaults = new EnumMap<>(SensitiveKind.class);
    for (SensitiveKind kind : SensitiveKind.values()) {
      defaults.put(
          kind,
          switch (kind) {
            case SECRET, PRIVATE_KEY, KEY, PASSWORD, CARD, IBAN, SSN, NATIONAL_ID, WORD, PATTERN ->
                Transform.MASK;
            case EMAIL, PHONE, BIRTH_DATE -> Transform.TOKEN;
            case ADDRESS, NAME, IP, DEVICE, UUID, CITY -> Transform.LEAVE;
          });
    }
    return Collections.unmodifiableMap(defaults);
  }
}
