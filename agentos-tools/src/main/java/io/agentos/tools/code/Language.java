package io.agentos.tools.code;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A language that files are written in, known by the end of their names.
 *
 * @param isCode false for markup, data and documents, whose lines are not counted as code
 */
record Language(String name, boolean isCode, Syntax syntax, Shape shape) {

  /** How functions are written. */
  enum Shape {
    /** Type, name, parentheses, braces; something stands before the name. */
    TYPED,
    /** Name, parentheses, braces; arrows and {@code function} too. */
    SCRIPT,
    /** A keyword, name, parentheses, braces. */
    KEYWORD,
    /** {@code def} and indentation. */
    PYTHON,
    /** {@code def} or {@code function} up to {@code end} in the same column. */
    END,
    /** Not looked for. */
    NONE
  }

  private static final Map<String, Language> BY_ENDING = new HashMap<>();

  static {
    code("Java", Syntax.JAVA, Shape.TYPED, "java");
    code("Groovy", Syntax.JAVA, Shape.TYPED, "groovy gradle");
    code("Kotlin", Syntax.KOTLIN, Shape.KEYWORD, "kt kts");
    code("Scala", Syntax.KOTLIN, Shape.KEYWORD, "scala sc");
    code("C#", Syntax.CSHARP, Shape.TYPED, "cs");
    code("JavaScript", Syntax.JAVASCRIPT, Shape.SCRIPT, "js jsx mjs cjs");
    code("TypeScript", Syntax.JAVASCRIPT, Shape.SCRIPT, "ts tsx mts cts");
    code("Go", Syntax.GO, Shape.KEYWORD, "go");
    code("Rust", Syntax.RUST, Shape.KEYWORD, "rs");
    code("C", Syntax.C, Shape.TYPED, "c h");
    code("C++", Syntax.CPP, Shape.TYPED, "cc cpp cxx hpp hh hxx");
    code("Objective-C", Syntax.C, Shape.TYPED, "m mm");
    code("Swift", Syntax.KOTLIN, Shape.KEYWORD, "swift");
    code("Dart", Syntax.JAVA, Shape.TYPED, "dart");
    code("PHP", Syntax.PHP, Shape.KEYWORD, "php");
    code("Python", Syntax.PYTHON, Shape.PYTHON, "py pyi");
    code("Ruby", Syntax.SCRIPT, Shape.END, "rb rake");
    code("Lua", Syntax.LUA, Shape.END, "lua");
    code("Shell", Syntax.SCRIPT, Shape.NONE, "sh bash zsh");
    code("SQL", Syntax.SQL, Shape.NONE, "sql");
    code("Perl", Syntax.SCRIPT, Shape.NONE, "pl pm");
    code("R", Syntax.HASHES, Shape.NONE, "r");
    code("Elixir", Syntax.HASHES, Shape.NONE, "ex exs");
    code("Haskell", Syntax.LUA, Shape.NONE, "hs");
    code("Terraform", Syntax.HASHES, Shape.NONE, "tf");
    code("Vue", Syntax.MARKUP, Shape.NONE, "vue");
    code("Svelte", Syntax.MARKUP, Shape.NONE, "svelte");
    other("CSS", Syntax.CSS, "css scss less");
    other("HTML", Syntax.MARKUP, "html htm");
    other("XML", Syntax.MARKUP, "xml xsd xsl csproj fsproj vbproj");
    other("Markdown", Syntax.NONE, "md rst adoc");
    other("YAML", Syntax.HASHES, "yml yaml");
    other("TOML", Syntax.HASHES, "toml");
    other("JSON", Syntax.NONE, "json");
  }

  private static void code(String name, Syntax syntax, Shape shape, String endings) {
    Language language = new Language(name, true, syntax, shape);
    for (String ending : endings.split(" ", -1)) {
      BY_ENDING.put(ending, language);
    }
  }

  private static void other(String name, Syntax syntax, String endings) {
    Language language = new Language(name, false, syntax, Shape.NONE);
    for (String ending : endings.split(" ", -1)) {
      BY_ENDING.put(ending, language);
    }
  }

  /** The language of a file by its path; empty for what is not counted, lock files included. */
  static Optional<Language> of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (name.equals("package-lock.json") || name.equals("pnpm-lock.yaml")) {
      return Optional.empty();
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : Optional.ofNullable(BY_ENDING.get(name.substring(dot + 1)));
  }
}
