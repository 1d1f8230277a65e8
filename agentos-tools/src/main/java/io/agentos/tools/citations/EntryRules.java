package io.agentos.tools.citations;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with single references: fields, identifiers, doubles. */
final class EntryRules {
  /** What each type needs, by Patashnik's "BibTeXing" and, for online, the manual of biblatex. */
  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("article", "author title journal|journaltitle year|date"),
          Map.entry("book", "author|editor title publisher year|date"),
          Map.entry("booklet", "title"),
          Map.entry("inbook", "author|editor title chapter|pages|booktitle publisher year|date"),
          Map.entry("incollection", "author title booktitle publisher year|date"),
          Map.entry("inproceedings", "author title booktitle year|date"),
          Map.entry("conference", "author title booktitle year|date"),
          Map.entry("manual", "title"),
          Map.entry("mastersthesis", "author title school|institution year|date"),
          Map.entry("phdthesis", "author title school|institution year|date"),
          Map.entry("proceedings", "title year|date"),
          Map.entry("techreport", "author title institution year|date"),
          Map.entry("unpublished", "author title note"),
          Map.entry("online", "title url"),
          Map.entry("misc", "title|howpublished|note"));

  private static final Pattern PAGES =
      Pattern.compile("\\s*(\\d{1,6})\\s*[-–—]{1,2}\\s*(\\d{1,6})\\s*");

  private final String file;
  private final List<Finding> found = new ArrayList<>();

  private EntryRules(String file) {
    this.file = file;
  }

  static List<Finding> findings(String file, List<Reference> references) {
    EntryRules rules = new EntryRules(file);
    references.forEach(rules::check);
    rules.doubles(references);
    return rules.found;
  }

  private void add(
      String rule, Severity severity, Reference reference, String what, String why, String fix) {
    found.add(
        new Finding(
            rule,
            severity,
            new Place(file, reference.line()),
            "The reference %s %s.".formatted(Words.code(reference.key()), what),
            why,
            fix));
  }

  private void check(Reference reference) {
    String required = REQUIRED.get(reference.type());
    if (required != null) {
      List<String> missing =
          Arrays.stream(required.split(" ", -1))
              .filter(names ->
                  Arrays.stream(names.split("\\|", -1))
                      .noneMatch(name -> reference.field(name).isPresent()))
              .map(names -> names.replace("|", " or "))
              .toList();
      if (!missing.isEmpty()) {
        add(
            "field-missing",
            Severity.MEDIUM,
            reference,
            "is an %s without %s"
                .formatted(Words.code("@" + reference.type()), Words.list(missing, 6)),
            "Styles print a gap or a question mark there, and readers cannot find the work.",
            "Look it up on the first page of the work, or at its DOI.");
      }
    } else if (!reference.type().isEmpty()) {
      add(
          "type-unknown",
          Severity.LOW,
          reference,
          "has the type %s".formatted(Words.code("@" + reference.type())),
          "Classic BibTeX styles treat it as @misc and leave most of it out.",
          "Use one of the usual types, such as @article, @inproceedings or @online.");
    }
    identifiers(reference);
    places(reference);
  }

  private void places(Reference reference) {
    reference
        .field("pages")
        .map(PAGES::matcher)
        .filter(Matcher::matches)
        .filter(pages -> Integer.parseInt(pages.group(1)) > Integer.parseInt(pages.group(2)))
        .ifPresent(pages ->
            add(
                "pages-reversed",
                Severity.MEDIUM,
                reference,
                "ends before it begins: pages " + Words.code(pages.group().strip()),
                "One of the two numbers is wrong.",
                "Look it up in the work."));
    boolean online = reference.type().equals("online") || reference.type().equals("misc");
    if (online
        && reference.field("url").isPresent()
        && reference.field("urldate").isEmpty()
        && reference.field("note").isEmpty()
        && reference.doi().isEmpty()) {
      add(
          "no-access-date",
          Severity.LOW,
          reference,
          "is a page on the web without the day on which it was read",
          "Pages change; nobody can see which one was meant.",
          "Add urldate = {YYYY-MM-DD}, best with an archived copy.");
    }
  }

  private void identifiers(Reference reference) {
    reference
        .doi()
        .filter(doi -> !Identifiers.isDoi(doi))
        .ifPresent(doi -> wrong(reference, "DOI", doi, "10.1234/abc"));
    reference
        .field("isbn")
        .filter(isbn -> !Identifiers.isIsbn(isbn))
        .ifPresent(
            isbn -> wrong(reference, "ISBN", isbn, "ten or thirteen digits with a check digit"));
    reference
        .field("issn")
        .filter(issn -> !Identifiers.isIssn(issn))
        .ifPresent(issn -> wrong(reference, "ISSN", issn, "eight digits with a check digit"));
    if (reference.field("archiveprefix").filter("arxiv"::equalsIgnoreCase).isPresent()) {
      reference
          .field("eprint")
          .filter(id -> !Identifiers.isArxiv(id))
          .ifPresent(id -> wrong(reference, "arXiv number", id, "2101.01234"));
    }
    reference
        .field("year")
        .filter(
            year -> !year.matches("(?:1[4-9]|20)\\d\\d[a-z]?|(?i)in press|forthcoming|to appear"))
        .ifPresent(year -> wrong(reference, "year", year, "four digits"));
  }

  private void wrong(Reference reference, String kind, String value, String wanted) {
    add(
        "identifier-wrong",
        Severity.MEDIUM,
        reference,
        "has the %s %s, which cannot be right (%s)".formatted(kind, Words.code(value), wanted),
        "It leads nowhere, or to another work. Invented references often show so.",
        "Look the work up, and copy the %s from its page.".formatted(kind));
  }

  private void doubles(List<Reference> references) {
    Map<String, Reference> keys = new HashMap<>();
    Map<String, Reference> works = new HashMap<>();
    for (Reference reference : references) {
      Reference first = keys.putIfAbsent(reference.key(), reference);
      if (first != null) {
        add(
            "key-twice",
            Severity.HIGH,
            reference,
            "is there already, in line %d".formatted(first.line()),
            "Which of the two is printed depends on the program.",
            "Give the second another key, or remove it.");
        continue;
      }
      String work = reference.doi().or(reference::sameness).orElse("");
      Reference same = work.isEmpty() ? null : works.putIfAbsent(work, reference);
      if (same != null) {
        add(
            "work-twice",
            Severity.MEDIUM,
            reference,
            "is the same work as %s in line %d".formatted(Words.code(same.key()), same.line()),
            "It is printed twice, and looks like two sources.",
            "Keep one and cite that.");
      }
    }
  }
}
