package io.agentos.tools.marketing;

import io.agentos.spi.Tool;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.marketing.copy.CopyCheck;
import io.agentos.tools.marketing.links.LinkBuild;
import io.agentos.tools.marketing.seo.SeoAudit;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.TextTool;
import io.agentos.tools.report.TextTool.Argument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools about copy, pages and links of a campaign. */
public final class MarketingTools {
  private static final int GRADE = 9;

  private MarketingTools() {}

  /** All of them, for files below these roots. */
  public static List<Tool> tools(FileRoots roots) {
    return List.of(copy(roots), seo(roots), links(roots));
  }

  private static Tool copy(FileRoots roots) {
    return new TextTool(
        roots,
        "marketing.measure_copy",
        "Measures how easy an English text is to read (Flesch, Flesch-Kincaid, Fog and others) and"
            + " lists, with lines, long sentences, passives, long words with shorter ones, empty"
            + " praise, claims that need proof, fillers and doubled words.",
        List.of(
            Argument.file(
                "text", true, "The copy: plain text, Markdown or HTML, or the path of such a file"),
            Argument.number(
                "grade_max", "The highest school grade its readers like; 9 when left out", 1, 20)),
        (texts, arguments) ->
            CopyCheck.run(
                texts.text(
                    arguments,
                    "text",
                    "the copy to measure",
                    List.of(".md", ".txt", ".html", ".htm")),
                (int) arguments.number("grade_max", GRADE)));
  }

  private static Tool seo(FileRoots roots) {
    return new TextTool(
        roots,
        "marketing.audit_seo",
        "Holds the HTML of one page against what search engines publish: indexing, title, description,"
            + " headings, canonical, hreflang, images, links, sharing, structured data. Each finding"
            + " with line and repair. Says nothing about ranking.",
        List.of(
            Argument.file("page", true, "The page as HTML, or the path of an .html file"),
            Argument.text(
                "url", false, "Where the page stands or will stand, with https://", 2_000),
            Argument.text("keyword", false, "What people shall find it with", 100)),
        (texts, arguments) ->
            SeoAudit.run(
                texts.text(arguments, "page", "the HTML of a page", List.of(".html", ".htm")),
                arguments.optionalText("url"),
                arguments.optionalText("keyword").orElse("")));
  }

  private static Tool links(FileRoots roots) {
    return new TextTool(
        roots,
        "marketing.build_links",
        "Builds links with utm parameters for a plan of many rows or for one address, written in one"
            + " way, and says in which Google Analytics 4 channel their visits will be counted and what"
            + " is wrong. Give either links, or url with source, medium and campaign.",
        List.of(
            Argument.file(
                "links",
                false,
                "A table with the columns url, source, medium, campaign and perhaps id, term, content;"
                    + " or the path of a .csv file"),
            Argument.text("url", false, "One address, with https://", 2_000),
            Argument.text("source", false, "Where the visitor comes from, such as newsletter", 200),
            Argument.text("medium", false, "By what, such as email, social or cpc", 200),
            Argument.text("campaign", false, "What for, such as summer-2026", 200),
            Argument.text("id", false, "The campaign's number", 200),
            Argument.text("term", false, "The search term that was paid for", 200),
            Argument.text("content", false, "Which of several links or pictures", 200)),
        (texts, arguments) -> {
          Optional<GivenText> plan =
              texts.optionalText(
                  arguments, "links", "a table of links", List.of(".csv", ".tsv", ".txt"));
          Optional<String> url = arguments.optionalText("url");
          if (plan.isPresent() == url.isPresent()) {
            throw GivenTexts.wrong("Give exactly one of links and url.");
          }
          if (plan.isPresent()) {
            return LinkBuild.run(plan.get());
          }
          Map<String, String> values = new LinkedHashMap<>();
          for (String name : List.of("source", "medium", "campaign", "id", "term", "content")) {
            arguments.optionalText(name).ifPresent(value -> values.put(name, value));
          }
          return LinkBuild.run(url.orElseThrow(), values);
        });
  }
}
