package io.agentos.tools.marketing.copy;

import static io.agentos.tools.report.Markdown.count;
import static io.agentos.tools.report.Markdown.decimal;

import io.agentos.api.ToolResult;
import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Measures how easy a text is to read and says what makes it hard. */
public final class CopyCheck {
  /** Below this the formulas say nothing. */
  static final int WORDS_MIN = 100;

  private static final int LENGTH_MAX = 300_000;
  private static final String BLOCKS = "p, li, td, blockquote, figcaption, dd";
  private static final String TITLES = "h1, h2, h3, h4, h5, h6, dt";
  private static final Pattern HTML = Pattern.compile("(?i)<(?:html|body|p|div|h1)[\\s>]");

  private CopyCheck() {}

  /**
   * Measures a text.
   *
   * @param gradeMax the highest grade that its readers like
   */
  public static ToolResult run(GivenText given, int gradeMax) {
    if (given.text().length() > LENGTH_MAX) {
      throw GivenTexts.wrong(
          "%s is longer than %d characters. Give one chapter or page at a time."
              .formatted(given.name(), LENGTH_MAX));
    }
    Prose prose =
        HTML.matcher(given.text()).find() ? ofHtml(given) : Prose.ofMarkdown(given.text());
    List<Sentence> sentences = new ArrayList<>();
    prose.paragraphs().forEach(paragraph -> sentences.addAll(Sentence.in(paragraph)));
    if (sentences.isEmpty()) {
      throw GivenTexts.wrong(
          "%s has no running text: only headings, code or tables. Give the text itself."
              .formatted(given.name()));
    }
    Optional<String> other = Language.other(sentences);
    if (other.isPresent()) {
      throw GivenTexts.wrong(
          "%s is in %s; the formulas and word lists here are for English. Give the English text."
              .formatted(given.name(), other.get()));
    }
    return told(given, prose, Figures.of(sentences), gradeMax);
  }

  private static ToolResult told(GivenText given, Prose prose, Figures figures, int gradeMax) {
    CopyChecks checks = new CopyChecks(given.name());
    List<Finding> findings = checks.of(prose, figures, gradeMax);
    Report report =
        new Report("Readability: " + given.name())
            .summary(
                "%s, %s; %s to read."
                    .formatted(
                        count(figures.words(), "word"),
                        count(figures.sentences(), "sentence"),
                        time(figures)))
            .summary(
                "Reading ease %s of 100 (%s), grade %s; asked for: grade %d or below."
                    .formatted(
                        decimal(figures.readingEase(), 1),
                        ease(figures.readingEase()),
                        decimal(figures.fleschKincaid(), 1),
                        gradeMax))
            .findings(findings)
            .last("Figures", table(figures))
            .field("words", figures.words())
            .field("sentences", figures.sentences())
            .field("reading_seconds", figures.readingSeconds())
            .field("readability", fields(figures))
            .field("by_rule", new LinkedHashMap<>(checks.counts()));
    if (figures.words() < WORDS_MIN) {
      report.note(
          "The text has fewer than %d words; the formulas are not reliable, and the grade is not judged."
              .formatted(WORDS_MIN));
    }
    return report
        .note("Syllables are counted by spelling; about one word in fifty is counted wrong.")
        .note("Whether a claim is true, lawful or tasteful is for a person to judge.")
        .result();
  }

  private static Prose ofHtml(GivenText given) {
    HtmlPage page = HtmlPage.of(given);
    List<Prose.Paragraph> paragraphs = new ArrayList<>();
    List<Prose.Paragraph> headings = new ArrayList<>();
    for (Element element : page.all(BLOCKS + ", " + TITLES)) {
      boolean outer =
          element.children().stream().anyMatch(child -> child.selectFirst(BLOCKS) != null);
      String text = outer ? element.ownText() : element.text();
      if (!text.isBlank()) {
        Prose.Paragraph paragraph = new Prose.Paragraph(text, HtmlPage.line(element), List.of());
        (element.is(TITLES) ? headings : paragraphs).add(paragraph);
      }
    }
    return new Prose(paragraphs, headings);
  }

  private static String time(Figures figures) {
    long seconds = figures.readingSeconds();
    return seconds < 60 ? count(seconds, "second") : count(Math.round(seconds / 60.0), "minute");
  }

  private static String ease(double ease) {
    if (ease >= 80) {
      return "easy";
    }
    if (ease >= 60) {
      return "plain English";
    }
    return ease >= 50 ? "fairly hard" : ease >= 30 ? "hard" : "very hard";
  }

  private static String table(Figures figures) {
    return Markdown.table(
        List.of("Figure", "Value"),
        fields(figures).entrySet().stream()
            .map(figure -> List.of(title(figure.getKey()), figure.getValue().toString()))
            .toList());
  }

  private static String title(String field) {
    return switch (field) {
      case "flesch_reading_ease" -> "Flesch reading ease";
      case "flesch_kincaid_grade" -> "Flesch–Kincaid grade";
      case "gunning_fog" -> "Gunning fog index";
      case "coleman_liau" -> "Coleman–Liau index";
      case "automated_readability_index" -> "Automated readability index";
      case "smog" -> "SMOG grade";
      case "words_per_sentence" -> "Words in a sentence, on average";
      default -> "Hard words: three syllables or more";
    };
  }

  private static Map<String, Object> fields(Figures figures) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("flesch_reading_ease", rounded(figures.readingEase()));
    fields.put("flesch_kincaid_grade", rounded(figures.fleschKincaid()));
    fields.put("gunning_fog", rounded(figures.fog()));
    fields.put("coleman_liau", rounded(figures.colemanLiau()));
    fields.put("automated_readability_index", rounded(figures.automated()));
    figures.smog().ifPresent(smog -> fields.put("smog", rounded(smog)));
    fields.put("words_per_sentence", rounded(figures.averageSentence()));
    fields.put("hard_words", figures.hardWords());
    return fields;
  }

  private static double rounded(double figure) {
    return Math.round(figure * 10) / 10.0;
  }
}
