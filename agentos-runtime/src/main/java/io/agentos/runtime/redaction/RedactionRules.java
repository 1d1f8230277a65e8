package io.agentos.runtime.redaction;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is done with which kind of value. A kind that is not named is left.
 *
 * <p>Immutable.
 *
 * @param patterns of the tenant, as kind PATTERN
 * @param words of the tenant, as kind WORD
 */
public record RedactionRules(
    Map<SensitiveKind, Transform> transforms, List<CustomPattern> patterns, KnownValues words) {
  public static final int PATTERNS_MAX = 50;

  public RedactionRules(
      Map<SensitiveKind, Transform> transforms, List<CustomPattern> patterns, KnownValues words) {
    EnumMap<SensitiveKind, Transform> ordered = new EnumMap<>(SensitiveKind.class);
    ordered.putAll(transforms);
    // The value of a private key is never held as a whole, so nothing can be made of it.
    Transform key = ordered.get(SensitiveKind.PRIVATE_KEY);
    if (key == Transform.TOKEN || key == Transform.HASH) {
      ordered.put(SensitiveKind.PRIVATE_KEY, Transform.MASK);
    }
    this.transforms = Collections.unmodifiableMap(ordered);
    this.patterns = List.copyOf(patterns);
    this.words = words;
    if (patterns.size() > PATTERNS_MAX) {
      throw new IllegalArgumentException(
          "at most %d patterns, not %d".formatted(PATTERNS_MAX, patterns.size()));
    }
  }

  /** One transformation for every kind of these classes; nothing else. */
  public static RedactionRules of(Transform transform, Sensitivity... classes) {
    EnumMap<SensitiveKind, Transform> transforms = new EnumMap<>(SensitiveKind.class);
    for (SensitiveKind kind : SensitiveKind.values()) {
      if (List.of(classes).contains(kind.sensitivity())) {
        transforms.put(kind, transform);
      }
    }
    return new RedactionRules(transforms, List.of(), KnownValues.NONE);
  }

  public Transform of(SensitiveKind kind) {
    return transforms.getOrDefault(kind, Transform.LEAVE);
  }

  boolean looksFor(SensitiveKind kind) {
    return of(kind) != Transform.LEAVE;
  }
}
