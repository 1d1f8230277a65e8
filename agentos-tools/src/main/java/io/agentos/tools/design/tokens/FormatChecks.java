package io.agentos.tools.design.tokens;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;

import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tokens against the format: names, aliases, types and values. Owned by one thread. */
final class FormatChecks {
  private static final int SEARCHES_MAX = 100;

  private final TokenFile file;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> inCircle = new LinkedHashSet<>();
  private final List<String> paths;
  private int searches;

  private FormatChecks(TokenFile file) {
    this.file = file;
    this.paths = file.tokens().stream().map(Token::path).toList();
  }

  static List<Finding> of(TokenFile file) {
    FormatChecks checks = new FormatChecks(file);
    checks.names();
    for (Token token : file.tokens()) {
      checks.aliases(token);
      checks.type(token);
    }
    checks.oldFormats();
    checks.variables();
    return checks.findings;
  }

  private void names() {
    for (JsonReader.Duplicate one : file.duplicates()) {
      findings.add(
          new Finding(
              TokenRules.DUPLICATE_NAME,
              Severity.HIGH,
              new Place(file.name(), one.line(), one.name()),
              "%s stands here and in line %d of the same object."
                  .formatted(code(one.name()), one.firstLine()),
              "Take one of them out, or give it a name of its own."));
    }
    for (TokenFile.BadName one : file.badNames()) {
      findings.add(
          new Finding(
              TokenRules.BAD_NAME,
              Severity.HIGH,
              new Place(file.name(), one.line(), one.path()),
              "The name %s.".formatted(one.why()),
              "Rename it, with `-` in place of the character."));
    }
  }

  private void aliases(Token token) {
    for (String path : new LinkedHashSet<>(TokenFile.references(token.value()))) {
      if (file.token(path).isPresent()) {
        continue;
      }
      boolean group = file.isGroup(path);
      Optional<String> near =
          searches++ < SEARCHES_MAX ? Nearest.of(path, paths) : Optional.empty();
      add(
          TokenRules.BROKEN_ALIAS,
          token,
          group
              ? "%s is a group and not a token.".formatted(code("{" + path + "}"))
              : "There is no token %s.".formatted(code("{" + path + "}")),
          group
              ? "Refer to one token in the group."
              : near.map(one -> "Did you mean %s?".formatted(code("{" + one + "}")))
                  .orElse("Add that token, or refer to one that exists."));
    }
    circle(token);
  }

  private void circle(Token token) {
    List<String> way = new ArrayList<>();
    Optional<Token> at = Optional.of(token);
    while (at.isPresent() && !inCircle.contains(at.get().path())) {
      int before = way.indexOf(at.get().path());
      if (before >= 0) {
        List<String> circle = way.subList(before, way.size());
        inCircle.addAll(circle);
        add(
            TokenRules.ALIAS_CYCLE,
            at.get(),
            "The circle is %s."
                .formatted(code(String.join(" → ", circle) + " → " + circle.getFirst())),
            "Give one of them a value of its own.");
        return;
      }
      if (way.size() > 100) {
        return;
      }
      way.add(at.get().path());
      at = at.get().alias().flatMap(file::token);
    }
  }

  private void type(Token token) {
    String type = file.type(token);
    if (type.isEmpty()) {
      if (token.alias().isEmpty()) {
        add(
            TokenRules.TYPE_MISSING,
            token,
            "No `$type` says what %s is.".formatted(token.value().kind()),
            "Add \"$type\" to it or to its group.");
      }
      return;
    }
    if (!ValueCheck.TYPES.contains(type)) {
      add(
          TokenRules.INVALID_VALUE,
          token,
          "%s is not a type of the format.".formatted(code(type)),
          Nearest.of(type, ValueCheck.TYPES.stream().sorted().toList())
              .map(one -> "Did you mean %s?".formatted(code(one)))
              .orElse("Use dimension for lengths and sizes, number for bare numbers."));
      return;
    }
    ValueCheck.problem(type, token.value())
        .ifPresent(problem ->
            add(
                TokenRules.INVALID_VALUE,
                token,
                "As %s: %s.".formatted(type, problem),
                "Write it as the type asks, or change the type."));
    mismatch(token, type);
  }

  private void mismatch(Token token, String type) {
    Optional<Token> end = token.alias().flatMap(file::token);
    if (end.isPresent() && !token.declaredType().isEmpty()) {
      String other = file.type(end.get());
      if (!other.isEmpty() && !other.equals(type)) {
        add(
            TokenRules.TYPE_MISMATCH,
            token,
            "It is of type %s, and %s is of type %s."
                .formatted(type, code(end.get().path()), other),
            "Refer to a token of type %s, or mend the type.".formatted(type));
      }
    }
  }

  private void oldFormats() {
    Map<String, List<Token>> old = new TreeMap<>();
    for (Token token : file.tokens()) {
      String type = file.type(token);
      if (ValueCheck.isOldFormat(type, token.value())) {
        old.computeIfAbsent(type, none -> new ArrayList<>()).add(token);
      }
    }
    old.forEach((type, tokens) ->
        add(
            TokenRules.OLD_FORMAT,
            Severity.LOW,
            tokens.getFirst(),
            "%s of type %s %s a string, the first of them here."
                .formatted(count(tokens.size(), "token"), type, tokens.size() == 1 ? "is" : "are"),
            type.equals("color")
                ? "Write { \"colorSpace\": \"srgb\", \"components\": [r, g, b], \"hex\": \"#rrggbb\" }."
                : "Write { \"value\": 16, \"unit\": \"%s\" }."
                    .formatted(type.equals("dimension") ? "px" : "ms")));
  }

  private void variables() {
    Map<String, Token> byVariable = new LinkedHashMap<>();
    for (Token token : file.tokens()) {
      Token first = byVariable.putIfAbsent(token.variable(), token);
      if (first != null) {
        add(
            TokenRules.NAME_CLASH,
            token,
            "It and %s (line %d) both become %s."
                .formatted(code(first.path()), first.line(), code(token.variable())),
            "Rename one of them.");
      }
    }
  }

  private void add(Rule rule, Token token, String what, String fix) {
    boolean medium = rule.equals(TokenRules.TYPE_MISSING) || rule.equals(TokenRules.TYPE_MISMATCH);
    add(rule, medium ? Severity.MEDIUM : Severity.HIGH, token, what, fix);
  }

  private void add(Rule rule, Severity severity, Token token, String what, String fix) {
    Place place = new Place(file.name(), token.line(), token.path());
    findings.add(new Finding(rule, severity, place, what, fix));
  }
}
