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

  /** As JSON, in characters. */
  public static final int LENGTH_MAX = 200_000;

  private static final int NAME_SHOWN_MAX = 64;

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

  /** What the tenant itself says, as {@link #read} takes it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kinds", named(kinds));
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
   * @throws AgentOsException INVALID_REQUEST saying what is wrong, with the path in its field
   *     error; never quoting a word or a pattern
   */
  public static PrivacyRules read(Map<String, @Nullable Object> json) {
    for (String field : json.keySet()) {
      if (!List.of("kinds", "agents", "patterns", "words").contains(field)) {
        throw wrong(
            shortened(field),
            "There is no field '%s'; there are kinds, agents, patterns and words."
                .formatted(shortened(field)));
      }
    }
    PrivacyRules rules =
        new PrivacyRules(
            transforms(json.get("kinds"), "kinds"),
            agents(json.get("agents")),
            patterns(json.get("patterns")),
            words(json.get("words")));
    if (Json.write(rules.toJson()).length() > LENGTH_MAX) {
      throw wrong("", "The rules have at most %s characters of JSON.".formatted(LENGTH_MAX));
    }
    return rules;
  }

  private static Map<String, Map<SensitiveKind, Transform>> agents(@Nullable Object value) {
    Map<String, Map<SensitiveKind, Transform>> agents = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> agent : object(value, "agents").entrySet()) {
      String path = "agents." + shortened(agent.getKey());
      try {
        AgentId.parse(agent.getKey());
      } catch (AgentOsException e) {
        throw wrong(path, "'%s' names no agent: %s".formatted(path, e.detail()));
      }
      agents.put(agent.getKey(), transforms(agent.getValue(), path));
    }
    if (agents.size() > AGENTS_MAX) {
      throw wrong("agents", "There are at most %s agents.".formatted(AGENTS_MAX));
    }
    return agents;
  }

  private static Map<String, String> patterns(@Nullable Object value) {
    Map<String, String> patterns = new LinkedHashMap<>();
    object(value, "patterns")
        .forEach((name, regex) -> {
          String path = "patterns." + shortened(name);
          patterns.put(name, text(regex, path));
          checked(path, () -> CustomPattern.of(name, text(regex, path)));
        });
    if (patterns.size() > RedactionRules.PATTERNS_MAX) {
      throw wrong(
          "patterns", "There are at most %s patterns.".formatted(RedactionRules.PATTERNS_MAX));
    }
    return patterns;
  }

  private static List<String> words(@Nullable Object value) {
    List<String> words = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String path = "words[%d]".formatted(i);
        String word = text(list.get(i), path);
        if (word.length() > WORD_CHARS_MAX) {
          throw wrong(path, "%s must have at most %s characters.".formatted(path, WORD_CHARS_MAX));
        }
        words.add(word);
      }
    } else if (value != null) {
      throw wrong("words", "%s must be a list of texts.".formatted("words"));
    }
    if (words.size() > WORDS_MAX) {
      throw wrong("words", "There are at most %s words.".formatted(WORDS_MAX));
    }
    checked("words", () -> KnownValues.words(words));
    return words;
  }

  private static void checked(String path, Runnable making) {
    try {
      making.run();
    } catch (IllegalArgumentException e) {
      throw wrong(path, "%s.".formatted(e.getMessage()));
    }
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
                one(
                    Transform.class,
                    text(transform, where + "." + shortened(kind)),
                    where + "." + kind)));
    return transforms;
  }

  private static <E extends Enum<E>> E one(Class<E> among, String name, String where) {
    List<String> names = new ArrayList<>();
    for (E each : among.getEnumConstants()) {
      String own = each.name().toLowerCase(Locale.ROOT);
      if (own.equals(name)) {
        return each;
      }
      names.add(own);
    }
    throw wrong(
        where,
        "'%s' at %s is none of %s.".formatted(shortened(name), where, String.join(", ", names)));
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value, String where) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> object.put(String.valueOf(name), member));
    } else if (value != null) {
      throw wrong(where, "%s must be an object.".formatted(where));
    }
    return object;
  }

  private static String text(@Nullable Object value, String where) {
    if (value instanceof String text && !text.isEmpty() && text.indexOf('\0') < 0) {
      return text;
    }
    throw wrong(
        where, "%s must be a text of at least one character, none U+0000.".formatted(where));
  }

  private static String shortened(String name) {
    return name.length() <= NAME_SHOWN_MAX ? name : name.substring(0, NAME_SHOWN_MAX) + "…";
  }

  private static AgentOsException wrong(String path, String told) {
    return AgentOsException.ofFields(
        ErrorCode.INVALID_REQUEST, told, List.of(new AgentOsException.FieldError(path, told)));
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
