package io.agentos.runtime.redaction;

/**
 * What a sensitive value is. The order is the order of precedence: of two findings in one place,
 * the earlier kind names it.
 */
public enum SensitiveKind {
  /** A value of the secrets store, or planted to find leaks, in any of the known encodings. */
  SECRET(Sensitivity.A, "a secret"),
  PRIVATE_KEY(Sensitivity.A, "a private key"),
  KEY(Sensitivity.A, "a key"),
  PASSWORD(Sensitivity.A, "a password"),
  CARD(Sensitivity.A, "a card number"),
  IBAN(Sensitivity.A, "an IBAN"),
  SSN(Sensitivity.A, "a social security number"),
  NATIONAL_ID(Sensitivity.A, "a national id"),
  /** What a pattern of the tenant matches. */
  PATTERN(Sensitivity.B, "a pattern"),
  /** What stands in a dictionary of the tenant. */
  WORD(Sensitivity.B, "a listed word"),
  EMAIL(Sensitivity.B, "an e-mail address"),
  PHONE(Sensitivity.B, "a phone number"),
  BIRTH_DATE(Sensitivity.B, "a date of birth"),
  ADDRESS(Sensitivity.B, "an address"),
  NAME(Sensitivity.B, "a name"),
  IP(Sensitivity.C, "an IP address"),
  DEVICE(Sensitivity.C, "a device id"),
  UUID(Sensitivity.C, "a UUID"),
  CITY(Sensitivity.C, "a city");

  private final Sensitivity sensitivity;
  private final String what;

  SensitiveKind(Sensitivity sensitivity, String what) {
    this.sensitivity = sensitivity;
    this.what = what;
  }

  public Sensitivity sensitivity() {
    return sensitivity;
  }

  /** For people, with its article. */
  public String what() {
    return what;
  }
}
