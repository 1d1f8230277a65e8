package io.agentos.tools.design.tokens;

import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.design.css.CssReader;
import io.agentos.tools.design.css.StyleSheet;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds design tokens against their format and each other, and a style sheet against them. */
public final class TokenLint {
  private static final int PROBLEMS_MAX = 5;

  private TokenLint() {}

  /**
   * Looks them over.
   *
   * @param css the style sheet that uses them
   * @param basePx what spaces are multiples of
   */
  public static ToolResult run(GivenText tokens, Optional<GivenText> css, int basePx) {
    TokenFile file = TokenFile.read(tokens);
    Map<String, Integer> types = new TreeMap<>();
    file.tokens()
        .forEach(token ->
            types.merge(
                file.type(token).isEmpty() ? "no type" : file.type(token), 1, Integer::sum));
    Report report =
        new Report("Token lint: " + tokens.name())
            .whenNone("**No findings:** the tokens fit their format and each other.")
            .findings(FormatChecks.of(file));
    if (css.isPresent()) {
      style(report, file, css.get());
    } else {
      report
          .summary("%s.".formatted(count(file.tokens().size(), "token")))
          .note(
              "Without `css` nothing is said about unused tokens and values that are written out.");
    }
    report.findings(ValueChecks.of(file, basePx));
    if (!file.references().isEmpty()) {
      report.note(
          "`$ref` and `$extends` are not followed; first in line %d."
              .formatted(file.references().getFirst()));
    }
    return report
        .last("Tokens by type", table(types))
        .field("tokens", file.tokens().size())
        .field("tokens_by_type", new LinkedHashMap<>(types))
        .result();
  }

  private static void style(Report report, TokenFile file, GivenText css) {
    StyleSheet sheet = CssReader.read(css.name(), css.text(), 1);
    CssChecks.Checked checked = CssChecks.of(file, sheet);
    report
        .findings(checked.findings())
        .summary(
            "%s, of which the style sheet uses %d, itself or through others."
                .formatted(count(file.tokens().size(), "token"), checked.used()))
        .field("tokens_used", checked.used());
    sheet.problems().stream()
        .limit(PROBLEMS_MAX)
        .forEach(problem ->
            report.note("%s:%d: %s.".formatted(sheet.name(), problem.line(), problem.message())));
    if (!sheet.imports().isEmpty()) {
      report.note("What the style sheet imports was not read.");
    }
  }

  private static String table(Map<String, Integer> types) {
    return Markdown.table(
        List.of("Type", "Tokens"),
        types.entrySet().stream()
            .map(type -> List.of(Markdown.cell(type.getKey()), type.getValue().toString()))
            .toList());
  }
}
