package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.CssText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.select.QueryParser;

/**
 * Reads a selector of CSS for jsoup: states are taken out, and pseudo-classes that jsoup has and
 * CSS has not are refused, for they may take very long. Owned by one thread.
 */
final class SelectorReader {
  private static final int DEPTH_MAX = 6;
  private static final int COMBINATORS_MAX = 12;
  private static final int IDS = 10_000;
  private static final int CLASSES = 100;

  /** Pseudo-classes of the document's structure; jsoup knows them by the same names. */
  private static final Set<String> STRUCTURE =
      Set.of(
          "root",
          "empty",
          "first-child",
          "last-child",
          "only-child",
          "first-of-type",
          "last-of-type",
          "only-of-type",
          "nth-child",
          "nth-last-child",
          "nth-of-type",
          "nth-last-of-type");

  private final String text;
  private final int depth;
  private final StringBuilder out = new StringBuilder();
  private final List<Set<State>> anyOf = new ArrayList<>();
  private final Set<State> noneOf = EnumSet.noneOf(State.class);
  private int at;
  private int specificity;
  private int combinators;
  private boolean placeholder;
  private boolean refused;
  private String key = "*";

  private SelectorReader(String text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  /** The selector; empty when it is not read, such as one for {@code ::before}. */
  static Optional<Selector> read(String text) {
    SelectorReader reader = new SelectorReader(text.strip(), 0);
    reader.scan();
    if (reader.refused || reader.out.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Selector(
              QueryParser.parse(reader.out.toString()),
              reader.specificity,
              List.copyOf(reader.anyOf),
              Set.copyOf(reader.noneOf),
              reader.placeholder,
              reader.key));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void scan() {
    while (at < text.length() && !refused) {
      char one = text.charAt(at);
      if (Character.isWhitespace(one) || one == '>' || one == '+' || one == '~') {
        combinator();
      } else if (one == '[') {
        attribute();
      } else if (one == '#' || one == '.') {
        at++;
        String name = name();
        refused |= name.isEmpty();
        specificity += one == '#' ? IDS : CLASSES;
        key = one == '#' || !key.startsWith("#") ? key(one + name) : key;
        out.append(one).append(name);
      } else if (one == ':') {
        pseudo();
      } else if (one == '*') {
        at++;
        out.append(one);
      } else {
        String name = name();
        refused |= name.isEmpty();
        specificity++;
        key = key(name.toLowerCase(Locale.ROOT));
        out.append(name);
      }
    }
  }

  private static String key(String name) {
    return name.indexOf('\\') >= 0 ? "*" : name;
  }

  private void combinator() {
    int from = at;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || ">+~".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String combinator = text.substring(from, at).strip();
    refused |= combinator.length() > 1 || ++combinators > COMBINATORS_MAX || at == text.length();
    out.append(combinator.isEmpty() ? " " : " " + combinator + " ");
    key = "*";
  }

  private void attribute() {
    int end = CssText.skip(text, at);
    String attribute = text.substring(at, end).strip();
    String lower = attribute.toLowerCase(Locale.ROOT);
    if (lower.endsWith(" i]") || lower.endsWith(" s]")) {
      attribute = attribute.substring(0, attribute.length() - 3).strip() + "]";
    }
    // jsoup's own ~= takes a regular expression; CSS means a word of the value.
    refused |= !attribute.endsWith("]") || attribute.contains("~=") || attribute.contains("|");
    specificity += CLASSES;
    out.append(attribute);
    at = end;
  }

  private String name() {
    int from = at;
    while (at < text.length()) {
      if (text.charAt(at) == '\\') {
        at = Math.min(text.length(), at + 2);
      } else if (CssText.isName(text.charAt(at))) {
        at++;
      } else {
        break;
      }
    }
    return text.substring(from, at);
  }

  private void pseudo() {
    boolean element = text.startsWith("::", at);
    at += element ? 2 : 1;
    String name = name().toLowerCase(Locale.ROOT);
    String inside = "";
    boolean function = at < text.length() && text.charAt(at) == '(';
    if (function) {
      int end = CssText.skip(text, at);
      inside = text.substring(at + 1, Math.max(at + 1, end - 1)).strip();
      at = end;
    }
    if (element) {
      placeholder = name.equals("placeholder") || name.equals("-webkit-input-placeholder");
      refused |= !placeholder || depth > 0;
      specificity++;
      standIn();
      return;
    }
    Optional<State> state = State.of(name);
    if (state.isPresent()) {
      anyOf.add(EnumSet.of(state.get()));
      specificity += CLASSES;
      standIn();
    } else if (function) {
      function(name, inside);
    } else {
      plain(name);
    }
  }

  private void plain(String name) {
    specificity += CLASSES;
    switch (name) {
      case "link" -> {
        noneOf.add(State.VISITED);
        append("[href]");
      }
      case "any-link" -> append("[href]");
      case "enabled" -> append(":not([disabled])");
      case "disabled" -> append("[disabled]");
      case "checked" -> append("[checked]");
      case "required" -> append("[required]");
      case "optional" -> append(":not([required])");
      case "read-only" -> append("[readonly]");
      case "read-write" -> append(":not([readonly])");
      case "placeholder-shown" -> append("[placeholder]");
      case "open" -> append("[open]");
      default -> {
        refused |= !STRUCTURE.contains(name);
        append(":" + name);
      }
    }
  }

  private void function(String name, String inside) {
    if (depth >= DEPTH_MAX) {
      refused = true;
      return;
    }
    switch (name) {
      case "not", "is", "where", "matches", "-webkit-any", "-moz-any" -> list(name, inside);
      case "has" -> {
        refused |= depth > 0;
        append(":has(" + inner(inside, true) + ")");
      }
      default -> {
        refused |= !STRUCTURE.contains(name) || !inside.matches("[-+n0-9a-z ]{1,20}");
        specificity += CLASSES;
        append(":" + name + "(" + inside + ")");
      }
    }
  }

  private void list(String name, String inside) {
    Set<State> states = EnumSet.noneOf(State.class);
    List<String> parts = CssText.split(inside, ',');
    for (String part : parts) {
      State.of(part.startsWith(":") ? part.substring(1) : "").ifPresent(states::add);
    }
    if (states.isEmpty()) {
      String written = inner(inside, !name.equals("where"));
      append((name.equals("not") ? ":not(" : ":is(") + written + ")");
      return;
    }
    refused |= parts.stream().anyMatch(part -> !part.startsWith(":"));
    specificity += name.equals("where") ? 0 : CLASSES;
    if (name.equals("not")) {
      noneOf.addAll(states);
    } else {
      anyOf.add(states);
    }
    standIn();
  }

  /** The selectors in a bracket; the most specific of them counts. */
  private String inner(String inside, boolean counts) {
    List<String> written = new ArrayList<>();
    int most = 0;
    for (String part : CssText.split(inside, ',')) {
      SelectorReader reader = new SelectorReader(part, depth + 1);
      reader.scan();
      refused |= reader.refused || reader.out.isEmpty();
      refused |= !reader.anyOf.isEmpty() || !reader.noneOf.isEmpty();
      most = Math.max(most, reader.specificity);
      written.add(reader.out.toString());
    }
    specificity += counts ? most : 0;
    return String.join(", ", written);
  }

  private void append(String selector) {
    standIn();
    out.append(selector);
  }

  /** Something to hang a pseudo-class on where nothing stands before it. */
  private void standIn() {
    boolean alone = out.isEmpty() || out.charAt(out.length() - 1) == ' ';
    if (alone) {
      out.append('*');
    }
  }
}
