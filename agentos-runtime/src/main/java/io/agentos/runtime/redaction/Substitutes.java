package io.agentos.runtime.redaction;

/** What takes the place of a value that must be recognised or had again. Thread-safe. */
public interface Substitutes {
  /** A text that is the same for the same value: {@link Marks#hash}. */
  String hash(SensitiveKind kind, String value);

  /** A text from which whoever may can have the value again: {@link Marks#token}. */
  String token(SensitiveKind kind, String value);

  /** For rules that neither hash nor tokenize: a mask instead. */
  Substitutes NONE =
      new Substitutes() {
        @Override
        public String hash(SensitiveKind kind, String value) {
          return Marks.redacted(kind);
        }

        @Override
        public String token(SensitiveKind kind, String value) {
          return Marks.redacted(kind);
        }
      };
}
