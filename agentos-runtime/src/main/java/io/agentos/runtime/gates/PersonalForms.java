package io.agentos.runtime.gates;

import io.agentos.runtime.definitions.GateCheck.PiiClass;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.redaction.RedactionRules;
import io.agentos.runtime.redaction.Redactor;
import io.agentos.runtime.redaction.SensitiveKind;
import io.agentos.runtime.redaction.Substitutes;
import io.agentos.runtime.redaction.Transform;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Personal data that has a form, as the redactor finds it. Names and addresses have none. */
final class PersonalForms {
  private static final Map<PiiClass, Redactor> REDACTORS = redactors();

  private PersonalForms() {}

  /** What of a class stands in a text, as it was read. */
  static List<String> find(PiiClass wanted, String text) {
    return redactor(wanted).find(text).stream()
        .map(span -> text.substring(span.begin(), span.end()))
        .toList();
  }

  /** A class for people. */
  static String name(PiiClass found) {
    return kind(found).what();
  }

  private static Redactor redactor(PiiClass wanted) {
    Redactor redactor = REDACTORS.get(wanted);
    if (redactor == null) {
      throw new IllegalStateException("a class without a redactor: " + wanted);
    }
    return redactor;
  }

  private static SensitiveKind kind(PiiClass wanted) {
    return switch (wanted) {
      case EMAIL -> SensitiveKind.EMAIL;
      case PHONE -> SensitiveKind.PHONE;
      case CARD -> SensitiveKind.CARD;
      case IBAN -> SensitiveKind.IBAN;
      case SSN -> SensitiveKind.SSN;
      case IP -> SensitiveKind.IP;
    };
  }

  private static Map<PiiClass, Redactor> redactors() {
    Map<PiiClass, Redactor> redactors = new EnumMap<>(PiiClass.class);
    for (PiiClass wanted : PiiClass.values()) {
      RedactionRules rules =
          new RedactionRules(Map.of(kind(wanted), Transform.MASK), List.of(), KnownValues.NONE);
      redactors.put(wanted, new Redactor(rules, KnownValues.NONE, Substitutes.NONE));
    }
    return redactors;
  }
}
