package io.agentos.tools.citations;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.citations.Citation.Style;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tool {@code citations.check}. */
final class CiteCheck implements TextTool.Work {
  private static final GivenText.Kind TEXT =
      new GivenText.Kind("the text", List.of(".md", ".txt", ".tex"), 4 * 1024 * 1024);
  private static final GivenText.Kind BIBTEX =
      new GivenText.Kind("the references", List.of(".bib"), 4 * 1024 * 1024);

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "citations.check",
        "Checks the citations of a text against its references, in BibTeX or in a list at its end:"
            + " cited and not listed, listed and not cited, the same work twice, fields missing,"
            + " DOI, ISBN and ISSN that cannot be right, quotes and figures without a source. Reads"
            + " LaTeX, Markdown, numbers and author with year. Asks no network.",
        InputSchema.empty()
            .text("text", "The text, or a file that ends in .md, .txt or .tex", TEXT.bytesMax())
            .required("text")
            .text(
                "references",
                "BibTeX, or a file that ends in .bib; the list at the end of the text when left out",
                BIBTEX.bytesMax()),
        Duration.ofMinutes(1));
  }

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    GivenText text = texts.read(arguments.text("text"), TEXT);
    Manuscript manuscript = Manuscript.of(text.text());
    List<Finding> findings = new ArrayList<>();
    List<Reference> references = manuscript.listed();
    String file = text.name();
    Optional<String> given = arguments.optionalText("references");
    if (given.isPresent()) {
      GivenText bib = texts.read(given.get(), BIBTEX);
      Bibtex.Result read = Bibtex.read(bib.text());
      file = bib.name().isEmpty() ? "references" : bib.name();
      references = read.references();
      for (Bibtex.Fault fault : read.faults()) {
        findings.add(broken(file, fault));
      }
      if (references.isEmpty() && read.faults().isEmpty()) {
        throw new AgentOsException(
            ErrorCode.INVALID_INPUT,
            "Found no BibTeX entry such as @article{key, …} in the references. Give a .bib file.");
      }
    }
    if (manuscript.citations().isEmpty() && references.isEmpty()) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "Found neither citations nor references. Wanted \\cite{key}, [@key], [1] or (Name, 2020) in"
              + " the text, and BibTeX or a section called References.");
    }
    findings.addAll(EntryRules.findings(file, references));
    findings.addAll(Matching.findings(text.name(), file, manuscript, references));
    return report(text.name(), manuscript, references, findings);
  }

  private static Finding broken(String file, Bibtex.Fault fault) {
    return new Finding(
        "entry-broken",
        Severity.HIGH,
        new Place(file, fault.line()),
        "%s%s."
            .formatted(
                fault.what().substring(0, 1).toUpperCase(Locale.ROOT), fault.what().substring(1)),
        "BibTeX passes over it, or takes what follows for a part of it.",
        "Look for a missing brace, quote or comma.");
  }

  private static ToolResult report(
      String name, Manuscript manuscript, List<Reference> references, List<Finding> findings) {
    Report report = new Report("Citation check" + (name.isEmpty() ? "" : ": " + name));
    report.findings(findings);
    long cited =
        references.stream()
            .filter(one ->
                manuscript.citations().stream().anyMatch(citation -> Matching.fits(citation, one)))
            .count();
    report.summary(
        "%s, %s, of which %d are cited; %s."
            .formatted(
                Words.count(manuscript.citations().size(), "citation"),
                Words.count(references.size(), "reference"),
                cited,
                Words.count(manuscript.words(), "word")));
    for (Style style : Style.values()) {
      long count = manuscript.citations().stream().filter(one -> one.style() == style).count();
      if (count > 0) {
        report.summary("Cited by %s: %s.".formatted(style.title(), Words.count(count, "time")));
      }
    }
    report.field("citations", manuscript.citations().size());
    report.field("references", references.size());
    report.field("references_cited", cited);
    report.field("words", manuscript.words());
    report.note(
        "Nothing was looked up: whether a work exists and says what it is cited for, a person has to"
            + " see.");
    return report.result();
  }
}
