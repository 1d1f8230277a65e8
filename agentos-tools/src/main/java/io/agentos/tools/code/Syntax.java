package io.agentos.tools.code;

import java.util.Set;

/**
 * How comments and strings look in a language; as much as is needed to tell them from code.
 *
 * @param lineComments what begins a comment up to the end of the line
 * @param blockOpen what begins a comment over many lines; empty where there is none
 * @param quotes the characters that begin and end a string on one line
 * @param longQuotes those that begin and end a string over many lines
 * @param traits what else is special
 */
record Syntax(
    Set<String> lineComments,
    String blockOpen,
    String quotes,
    String longQuotes,
    Set<Trait> traits) {

  /** A speciality of some languages. */
  enum Trait {
    /** Comments over many lines nest. */
    NESTED_COMMENTS,
    /** Three quotes begin and end a string over many lines. */
    TRIPLE_QUOTES,
    /** A slash where a value is expected begins a regular expression. */
    REGEX_LITERALS,
    /** A single quote may also begin a lifetime, which never ends. */
    LIFETIMES,
    /** A backtick string knows no backslash. */
    PLAIN_BACKTICKS,
    /** {@code R"x(…)x"}. */
    CPP_RAW,
    /** {@code r#"…"#}. */
    RUST_RAW,
    /** {@code @"…"}. */
    VERBATIM
  }

  private static final Set<String> SLASHES = Set.of("//");
  private static final Set<String> HASH = Set.of("#");

  static final Syntax C = new Syntax(SLASHES, "/*", "\"'", "", Set.of());
  static final Syntax CPP = new Syntax(SLASHES, "/*", "\"'", "", Set.of(Trait.CPP_RAW));
  static final Syntax CSHARP =
      new Syntax(SLASHES, "/*", "\"'", "", Set.of(Trait.VERBATIM, Trait.TRIPLE_QUOTES));
  static final Syntax JAVA = new Syntax(SLASHES, "/*", "\"'", "", Set.of(Trait.TRIPLE_QUOTES));
  static final Syntax KOTLIN =
      new Syntax(SLASHES, "/*", "\"'", "", Set.of(Trait.TRIPLE_QUOTES, Trait.NESTED_COMMENTS));
  static final Syntax JAVASCRIPT =
      new Syntax(SLASHES, "/*", "\"'", "`", Set.of(Trait.REGEX_LITERALS));
  static final Syntax GO = new Syntax(SLASHES, "/*", "\"'", "`", Set.of(Trait.PLAIN_BACKTICKS));
  static final Syntax RUST =
      new Syntax(
          SLASHES, "/*", "", "\"", Set.of(Trait.LIFETIMES, Trait.RUST_RAW, Trait.NESTED_COMMENTS));
  static final Syntax PHP = new Syntax(Set.of("//", "#"), "/*", "", "\"'", Set.of());
  static final Syntax PYTHON = new Syntax(HASH, "", "\"'", "", Set.of(Trait.TRIPLE_QUOTES));
  static final Syntax SCRIPT = new Syntax(HASH, "", "", "\"'", Set.of());
  static final Syntax HASHES = new Syntax(HASH, "", "\"'", "", Set.of());
  static final Syntax SQL = new Syntax(Set.of("--"), "/*", "", "'", Set.of());
  static final Syntax LUA = new Syntax(Set.of("--"), "", "\"'", "", Set.of());
  static final Syntax CSS = new Syntax(Set.of(), "/*", "\"'", "", Set.of());
  static final Syntax MARKUP = new Syntax(Set.of(), "<!--", "", "", Set.of());
  static final Syntax NONE = new Syntax(Set.of(), "", "", "", Set.of());

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** What ends a comment over many lines. */
  String blockClose() {
    return blockOpen.equals("<!--") ? "-->" : "*/";
  }
}
