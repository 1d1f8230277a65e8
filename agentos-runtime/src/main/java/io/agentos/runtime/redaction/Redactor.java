package io.agentos.runtime.redaction;

import io.agentos.api.AgentOsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes sensitive values out of texts by rules. Deterministic; its time grows with the text and no
 * faster; what it has redacted, it leaves as it is.
 *
 * <p>Thread-safe when its substitutes are.
 */
public final class Redactor {
  /** Masks what is of class A and B. For logs and files. */
  public static final Redactor STRICT = new Redactor(strict(), KnownValues.NONE, Substitutes.NONE);

  /** Masks what is of class A alone. For what must keep its names, such as the audit log. */
  public static final Redactor CREDENTIALS =
      new Redactor(
          RedactionRules.of(Transform.MASK, Sensitivity.A), KnownValues.NONE, Substitutes.NONE);

  private static final int NUMBER_MAX = 12;

  private final RedactionRules rules;
  private final Substitutes substitutes;
  private final Scanners scanners;
  private final Segments segments;

  /**
   * @param secrets values that are secret wherever they stand, whatever the rules say
   */
  public Redactor(RedactionRules rules, KnownValues secrets, Substitutes substitutes) {
    this.rules = rules;
    this.substitutes = substitutes;
    this.scanners = new Scanners(rules, secrets);
    this.segments = new Segments(secrets, rules.words(), !rules.patterns().isEmpty());
  }

  /** Credentials, numbers that identify or pay, e-mail addresses, phone numbers; no guesses. */
  private static RedactionRules strict() {
    EnumMap<SensitiveKind, Transform> transforms =
        new EnumMap<>(RedactionRules.of(Transform.MASK, Sensitivity.A, Sensitivity.B).transforms());
    transforms.remove(SensitiveKind.NAME);
    transforms.remove(SensitiveKind.ADDRESS);
    return new RedactionRules(transforms, List.of(), KnownValues.NONE);
  }

  /** The text with what the rules name taken out. */
  public String redact(String text) {
    return redact(text, new Counts());
  }

  /**
   * The same.
   *
   * @param counts to which what was taken out is added
   * @throws AgentOsException REDACTION_FAILED when the rules refuse a text that holds such a value
   */
  public String redact(String text, Counts counts) {
    Replacing replacing = new Replacing(rules, substitutes, counts);
    new Pass(segments, scanners, rules.looksFor(SensitiveKind.PRIVATE_KEY), replacing)
        .take(text, 0, true);
    return replacing.unchanged() ? text : replacing.drain();
  }

  /** The same facts, with their values redacted; counts and amounts up to 12 digits are left. */
  public Map<String, String> redact(Map<String, String> facts) {
    Map<String, String> redacted = new LinkedHashMap<>();
    facts.forEach((name, value) -> redacted.put(name, isNumber(value) ? value : redact(value)));
    return redacted;
  }

  private static boolean isNumber(String value) {
    return value.length() <= NUMBER_MAX && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** What the rules name, in order, none over another. */
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    Pass.Sink sink =
        new Pass.Sink() {
          @Override
          public void text(String whole, int begin, int end) {
            // Only what is found is wanted.
          }

          @Override
          public void value(SensitiveKind kind, String whole, int begin, int end) {
            found.add(new Span(kind, begin, end));
          }

          @Override
          public void more(String whole, int begin, int end) {
            Span last = found.removeLast();
            found.add(new Span(last.kind(), last.begin(), end));
          }
        };
    new Pass(segments, scanners, rules.looksFor(SensitiveKind.PRIVATE_KEY), sink)
        .take(text, 0, true);
    return found;
  }

  /** For a text that comes in pieces. */
  public StreamRedactor stream() {
    Counts counts = new Counts();
    Replacing replacing = new Replacing(rules, substitutes, counts);
    boolean keys = rules.looksFor(SensitiveKind.PRIVATE_KEY);
    return new StreamRedactor(new Pass(segments, scanners, keys, replacing), replacing, counts);
  }
}
