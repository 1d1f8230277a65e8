package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Seen;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.gates.MarkdownText.Kind;
import io.agentos.runtime.gates.MarkdownText.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sources of an answer: each reference {@code [1]} or {@code [^1]} has an entry in the list of
 * sources, each paragraph a reference where that is wanted, each URL stands in the input or in what
 * tools answered.
 *
 * <p>That a source says what the answer says is beyond it.
 */
record CitationsCheck(GateCheck.Citations options) implements Check {
  /** One or several numbers in brackets that are no link. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\[\\^?([0-9]{1,3}(?:, ?\\^?[0-9]{1,3}){0,20})\\](?![(:])");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

  /**
   * The number that an entry begins with: {@code [1]}, {@code [^1]:}, {@code 1.} or {@code - [1]}.
   */
  private static final Pattern ENTRY =
      Pattern.compile(
          "^\\s{0,8}(?:[-*] {0,3})?(?:\\[\\^?([0-9]{1,3})\\]|([0-9]{1,3})[.)])\\s*+\\S");

  private static final int PARAGRAPH_WORDS_MIN = 8;

  /** The answer without its list of sources, and the list. */
  private record Parts(List<Line> body, List<Line> sources) {}

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return checkpoint instanceof Checkpoint.BeforeOutput before
        ? consequence.of(findings(before))
        : GateResult.PASS;
  }

  private List<String> findings(Checkpoint.BeforeOutput before) {
    Parts parts = parts(before.output().text());
    Set<String> entries = entries(parts.sources());
    List<String> findings = new ArrayList<>();
    Set<String> cited = new LinkedHashSet<>();
    int bare = 0;
    for (String paragraph : MarkdownText.paragraphs(parts.body())) {
      List<String> references = references(paragraph);
      List<String> urls = WebAddresses.in(paragraph);
      cited.addAll(references);
      cited.addAll(urls);
      if (references.isEmpty() && urls.isEmpty() && isClaim(paragraph)) {
        bare++;
      }
    }
    cited.stream()
        .filter(one -> one.length() <= 3 && !entries.contains(one))
        .map(one -> "[%s] has no entry under the heading '%s'.".formatted(one, options.heading()))
        .forEach(findings::add);
    cited.removeIf(one -> one.length() <= 3 && !entries.contains(one));
    if (cited.size() < options.min()) {
      findings.add(
          "The answer refers to %d sources; at least %d are wanted."
              .formatted(cited.size(), options.min()));
    }
    if (options.everyParagraph() && bare > 0) {
      findings.add("%d paragraphs refer to no source.".formatted(bare));
    }
    if (options.urlsSeen()) {
      findings.addAll(unseen(before));
    }
    return findings;
  }

  private Parts parts(String text) {
    List<Line> body = new ArrayList<>();
    List<Line> sources = new ArrayList<>();
    boolean within = false;
    for (Line line : MarkdownText.of(text).lines()) {
      if (line.kind() == Kind.HEADING) {
        within = line.text().equals(MarkdownText.heading(options.heading()));
      }
      (within ? sources : body).add(line);
    }
    return new Parts(body, sources);
  }

  private static Set<String> entries(List<Line> sources) {
    Set<String> entries = new HashSet<>();
    for (Line line : sources) {
      Matcher entry = ENTRY.matcher(line.text());
      if (line.kind() == Kind.TEXT && entry.find()) {
        entries.add(number(entry.group(1) == null ? entry.group(2) : entry.group(1)));
      }
    }
    return entries;
  }

  private static List<String> references(String paragraph) {
    List<String> references = new ArrayList<>();
    Matcher reference = REFERENCE.matcher(paragraph);
    while (reference.find()) {
      Matcher number = NUMBER.matcher(reference.group(1));
      while (number.find()) {
        references.add(number(number.group()));
      }
    }
    return references;
  }

  private static String number(String digits) {
    return String.valueOf(Integer.parseInt(digits));
  }

  private static boolean isClaim(String paragraph) {
    return !paragraph.stripLeading().startsWith("|")
        && LengthCheck.words(paragraph) >= PARAGRAPH_WORDS_MIN;
  }

  /** Nothing to compare with is no reason to doubt: then the task had no sources of its own. */
  private static List<String> unseen(Checkpoint.BeforeOutput before) {
    Set<String> known = new HashSet<>();
    CheckpointTexts.input(before).forEach(place -> known.addAll(WebAddresses.in(place.text())));
    for (Seen.Text text : before.seen().texts()) {
      known.addAll(WebAddresses.in(text.text()));
    }
    if (known.isEmpty() && before.seen().texts().isEmpty()) {
      return List.of();
    }
    List<String> findings = new ArrayList<>();
    List<String> urls = WebAddresses.in(before.output().text());
    for (int i = 0; i < urls.size(); i++) {
      if (!known.contains(urls.get(i))) {
        findings.add(
            "URL number %d of the answer stands neither in the input nor in what the tools answered."
                .formatted(i + 1));
      }
    }
    return findings;
  }
}
