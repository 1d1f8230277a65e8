package io.agentos.tools.design.tokens;

import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tokens of a file, by their paths, in its order. Owned by one thread. */
final class TokenFile {
  /** The most tokens of a file. */
  static final int TOKENS_MAX = 5_000;

  private static final int CHAIN_MAX = 50;

  /** A name that no token or group may have. */
  record BadName(String path, int line, String why) {}

  private final String name;
  private final Map<String, Token> tokens = new LinkedHashMap<>();
  private final Set<String> groups = new HashSet<>();
  private final List<BadName> badNames = new ArrayList<>();
  private final List<JsonReader.Duplicate> duplicates;
  private final List<Integer> references = new ArrayList<>();

  private TokenFile(String name, List<JsonReader.Duplicate> duplicates) {
    this.name = name;
    this.duplicates = duplicates;
  }

  /**
   * Reads a file.
   *
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS when it is no JSON, holds no token,
   *     or too many
   */
  static TokenFile read(GivenText given) {
    JsonReader.Read read = JsonReader.read(given);
    TokenFile file = new TokenFile(given.name(), read.duplicates());
    file.group("", read.root(), "", Optional.empty());
    if (file.tokens.isEmpty()) {
      throw GivenTexts.wrong(
          "%s holds no design token: no object in it has a \"$value\". ".formatted(given.name())
              + "Export the tokens in the format of the Design Tokens Community Group (DTCG).");
    }
    return file;
  }

  private void group(String path, Json.Members node, String type, Optional<String> deprecation) {
    String inner = text(node, "$type").orElse(type);
    Optional<String> old = deprecation(node).or(() -> deprecation);
    if (node.get("$ref").isPresent() || node.get("$extends").isPresent()) {
      references.add(node.line());
    }
    Optional<Json> value = node.get("$value");
    if (value.isPresent()) {
      add(new Token(path, value.get(), inner, old, node.line()));
      return;
    }
    groups.add(path);
    node.values()
        .forEach((child, json) -> {
          boolean root = child.equals("$root");
          if (json instanceof Json.Members members && (root || !child.startsWith("$"))) {
            check(path, child, members.line(), root);
            group(path.isEmpty() ? child : path + "." + child, members, inner, old);
          }
        });
  }

  private void add(Token token) {
    if (tokens.size() == TOKENS_MAX) {
      throw GivenTexts.wrong(
          "%s holds more than %s. Give a part of it."
              .formatted(name, Markdown.count(TOKENS_MAX, "token")));
    }
    tokens.put(token.path(), token);
  }

  private void check(String path, String child, int line, boolean root) {
    if (!root
        && (child.isBlank() || child.contains(".") || child.contains("{") || child.contains("}"))) {
      badNames.add(
          new BadName(
              path.isEmpty() ? child : path + "." + child,
              line,
              child.isBlank() ? "is empty" : "has one of the characters `{`, `}` and `.`"));
    }
  }

  private static Optional<String> text(Json.Members node, String member) {
    return node.get(member)
        .flatMap(
            json -> json instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty());
  }

  private static Optional<String> deprecation(Json.Members node) {
    return node.get("$deprecated")
        .flatMap(json ->
            switch (json) {
              case Json.Text text -> Optional.of(text.value());
              case Json.Word word when word.value().equals("true") -> Optional.of("");
              default -> Optional.empty();
            });
  }

  String name() {
    return name;
  }

  List<Token> tokens() {
    return List.copyOf(tokens.values());
  }

  Optional<Token> token(String path) {
    return Optional.ofNullable(tokens.get(path));
  }

  boolean isGroup(String path) {
    return groups.contains(path);
  }

  List<BadName> badNames() {
    return badNames;
  }

  List<JsonReader.Duplicate> duplicates() {
    return duplicates;
  }

  /** The lines with {@code $ref} and {@code $extends}, which are not followed. */
  List<Integer> references() {
    return references;
  }

  /** The token at the end of a chain of aliases; empty when it breaks or goes in a circle. */
  Optional<Token> resolved(Token token) {
    Token at = token;
    for (int i = 0; i < CHAIN_MAX; i++) {
      Optional<String> alias = at.alias();
      if (alias.isEmpty()) {
        return Optional.of(at);
      }
      Token next = tokens.get(alias.get());
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.empty();
  }

  /** The type of a token: its own, that of its group, or that of what it refers to. */
  String type(Token token) {
    Token at = token;
    for (int i = 0; i < CHAIN_MAX; i++) {
      if (!at.declaredType().isEmpty() || at.alias().isEmpty()) {
        return at.declaredType();
      }
      Token next = tokens.get(at.alias().get());
      if (next == null) {
        return "";
      }
      at = next;
    }
    return "";
  }

  /** All paths that a value refers to, in it or as a whole. */
  static List<String> references(Json value) {
    List<String> found = new ArrayList<>();
    collect(value, found);
    return found;
  }

  private static void collect(Json value, List<String> found) {
    Token.alias(value).ifPresent(found::add);
    switch (value) {
      case Json.Members members -> members.values().values().forEach(one -> collect(one, found));
      case Json.Items items -> items.values().forEach(one -> collect(one, found));
      case Json.Text _, Json.Figure _, Json.Word _ -> {
        // Told above.
      }
    }
  }
}
