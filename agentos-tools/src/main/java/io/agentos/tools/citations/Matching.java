package io.agentos.tools.citations;

import io.agentos.tools.citations.Citation.Style;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Citations without a reference, and references without a citation. */
final class Matching {
  private final String textFile;
  private final String referenceFile;
  private final Manuscript manuscript;
  private final List<Reference> references;
  private final List<Finding> found = new ArrayList<>();

  private Matching(
      String textFile, String referenceFile, Manuscript manuscript, List<Reference> references) {
    this.textFile = textFile;
    this.referenceFile = referenceFile;
    this.manuscript = manuscript;
    this.references = references;
  }

  static List<Finding> findings(
      String textFile, String referenceFile, Manuscript manuscript, List<Reference> references) {
    Matching matching = new Matching(textFile, referenceFile, manuscript, references);
    matching.cited();
    matching.listed();
    matching.order();
    matching.styles();
    matching.claims();
    return matching.found;
  }

  /** Whether a citation names a reference. */
  static boolean fits(Citation citation, Reference reference) {
    if (citation.key().equals(reference.key())) {
      return true;
    }
    if (citation.style() != Style.AUTHOR_YEAR || reference.type().isEmpty()) {
      return false;
    }
    String author = reference.field("author").or(() -> reference.field("editor")).orElse("");
    String first = author.split(" and ", -1)[0].replaceAll("[{}\\\\\"']", "");
    String family =
        first.contains(",")
            ? first.substring(0, first.indexOf(','))
            : first.substring(first.lastIndexOf(' ') + 1);
    String year = reference.field("year").or(() -> reference.field("date")).orElse("");
    String plainYear = year.length() > 4 ? year.substring(0, 4) : year;
    String key = Manuscript.authorYear(family.strip(), plainYear);
    return citation.key().equals(key) || citation.key().matches(Pattern.quote(key) + "[a-z]");
  }

  private void cited() {
    Map<String, Citation> missing = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    references.forEach(one -> keys.add(one.key()));
    Map<String, Boolean> known = new LinkedHashMap<>();
    for (Citation citation : manuscript.citations()) {
      boolean there =
          known.computeIfAbsent(
              citation.style() + citation.key(),
              key ->
                  keys.contains(citation.key())
                      || references.stream().anyMatch(one -> fits(citation, one)));
      if (!there) {
        missing.putIfAbsent(citation.key(), citation);
        counts.merge(citation.key(), 1, Integer::sum);
      }
    }
    missing.forEach((key, citation) ->
        found.add(
            new Finding(
                "cited-not-listed",
                Severity.HIGH,
                new Place(textFile, citation.line()),
                "%s is cited %s and not among the references%s."
                    .formatted(
                        Words.code(citation.shown()),
                        Words.count(counts.getOrDefault(key, 1), "time"),
                        near(key).map(one -> "; there is " + Words.code(one)).orElse("")),
                "Readers cannot find the work; LaTeX prints [?].",
                "Add the reference, or mend the key, number, name or year.")));
  }

  /**
   * A reference that was probably meant: the same name with another year, or nearly the same key.
   */
  private Optional<String> near(String key) {
    int blank = key.lastIndexOf(' ');
    String word = key.replaceAll("\\d.*$", "");
    String start =
        blank > 0 ? key.substring(0, blank + 1) : word.substring(0, Math.min(5, word.length()));
    return references.stream()
        .map(Reference::key)
        .filter(one -> start.length() > 2 && one.startsWith(start))
        .findFirst();
  }

  private void listed() {
    Set<String> cited = new HashSet<>();
    manuscript.citations().forEach(citation -> cited.add(citation.key()));
    boolean byAuthor =
        manuscript.citations().stream().anyMatch(one -> one.style() == Style.AUTHOR_YEAR);
    for (Reference reference : references) {
      boolean used =
          cited.contains(reference.key())
              || (byAuthor
                  && manuscript.citations().stream().anyMatch(one -> fits(one, reference)));
      if (!used) {
        found.add(
            new Finding(
                "listed-not-cited",
                Severity.LOW,
                new Place(referenceFile, reference.line()),
                "The reference %s is not cited.".formatted(Words.code(reference.key())),
                "It looks read and used; most journals want it gone.",
                "Cite it where it was used, or take it out."));
      }
    }
  }

  /** Numbers appear for the first time in their order, without a gap. */
  private void order() {
    int highest = 0;
    for (Citation citation : manuscript.citations()) {
      if (citation.style() == Style.NUMBER && citation.key().length() < 6) {
        int number = Integer.parseInt(citation.key());
        if (number > highest + 1) {
          found.add(
              new Finding(
                  "number-out-of-order",
                  Severity.LOW,
                  new Place(textFile, citation.line()),
                  "%s comes before %d was cited."
                      .formatted(Words.code(citation.shown()), highest + 1),
                  "Styles with numbers (IEEE, Vancouver) count in the order of first citation.",
                  "Number the references anew, or let a program do it."));
          return;
        }
        highest = Math.max(highest, number);
      }
    }
  }

  private void styles() {
    Map<Style, Citation> first = new LinkedHashMap<>();
    manuscript.citations().forEach(one -> first.putIfAbsent(one.style(), one));
    boolean keyed = first.containsKey(Style.KEY);
    if (first.size() > 1 && !(keyed && first.size() == 2 && first.containsKey(Style.AUTHOR_YEAR))) {
      Citation second = new ArrayList<>(first.values()).get(1);
      found.add(
          new Finding(
              "styles-mixed",
              Severity.LOW,
              new Place(textFile, second.line()),
              "The text cites by %s and, from here, by %s."
                  .formatted(first.keySet().iterator().next().title(), second.style().title()),
              "One of them was left from another draft, and is easily missed when numbers change.",
              "Use one style throughout."));
    }
  }

  private void claims() {
    for (Manuscript.Claim claim : manuscript.uncited()) {
      found.add(
          new Finding(
              claim.quotes() ? "quote-without-source" : "claim-without-source",
              claim.quotes() ? Severity.MEDIUM : Severity.LOW,
              new Place(textFile, claim.line()),
              "%s cites nothing.".formatted(Words.code(claim.text())),
              claim.quotes()
                  ? "Somebody's words without their name are plagiarism, also by oversight."
                  : "A figure or a finding that readers cannot check counts for nothing.",
              claim.quotes()
                  ? "Cite the work with the page."
                  : "Cite where it comes from, or say that it is your own."));
    }
  }
}
