package io.agentos.tools.contracts;

import io.agentos.tools.contracts.Contract.Paragraph;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What only one side may or must, where both usually do. */
final class Balance {

  private record Matter(String id, Pattern pattern, String what, String why, String fix) {}

  private final Contract contract;
  private final List<Finding> found = new ArrayList<>();

  private Balance(Contract contract) {
    this.contract = contract;
  }

  /**
   * Duties and rights of a party.
   *
   * @param duties sentences in which it shall or must
   * @param rights sentences in which it may
   */
  record Share(int duties, int rights) {}

  /** How often each party shall and may; in the order of the contract. */
  static Map<String, Share> shares(Contract contract) {
    Map<String, Share> shares = new LinkedHashMap<>();
    for (String party : contract.parties()) {
      Pattern duty =
          party(party, "(?:shall|must|agrees? to|undertakes? to|will)\\b(?! not be liable)");
      Pattern right = party(party, "(?:may|is entitled to|reserves the right)\\b(?! not)");
      int duties = 0;
      int rights = 0;
      for (Paragraph paragraph : contract.paragraphs()) {
        duties += count(duty, paragraph.text());
        rights += count(right, paragraph.text());
      }
      shares.put(party, new Share(duties, rights));
    }
    return shares;
  }

  private static Pattern party(String party, String verb) {
    return Pattern.compile("\\b" + Pattern.quote(party) + "(?:'s)? " + verb);
  }

  private static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  static List<Finding> findings(Contract contract) {
    Balance balance = new Balance(contract);
    if (contract.parties().size() == 2) {
      for (Matter matter : matters()) {
        balance.check(matter);
      }
    }
    return balance.found;
  }

  private static List<Matter> matters() {
    return List.of(
        new Matter(
            "termination-one-sided",
            Pattern.compile("(?:may|is entitled to|has the right to) terminate"),
            "may end the contract, and %s may not",
            "One side can leave at any time; the other is bound to the end of the term.",
            "Give both the same right with the same notice."),
        new Matter(
            "indemnity-one-sided",
            Pattern.compile("(?:shall|will|agrees to|must) (?:defend,? )?(?:and )?indemnify"),
            "indemnifies, and %s does not",
            "One side carries the risk of both.",
            "Let each indemnify the other for what it causes."),
        new Matter(
            "confidentiality-one-sided",
            Pattern.compile(
                "(?:shall|will|must|agrees to) (?:keep|hold|treat|maintain)[^.]{0,60}confiden"),
            "keeps secrets, and %s does not",
            "What the other side learns of you is not protected.",
            "Make the duty mutual: each receiving party."),
        new Matter(
            "liability-one-sided",
            Pattern.compile(
                "(?:'s (?:total |aggregate |maximum )*liability|shall not be liable|will not be liable|is not liable)"),
            "limits its liability, and %s does not",
            "One side is liable up to a sum, the other for everything.",
            "Let the cap and the excluded damages hold for both."),
        new Matter(
            "assignment-one-sided",
            Pattern.compile("may (?:freely )?(?:assign|transfer|subcontract)"),
            "may pass the contract on, and %s may not",
            "You may find somebody else on the other side, and may not do the same.",
            "The same rule for both."));
  }

  /** How the matter is written for each party. */
  private Map<String, Pattern> ones(Matter matter) {
    Map<String, Pattern> ones = new LinkedHashMap<>();
    for (String party : contract.parties()) {
      ones.put(
          party,
          Pattern.compile(
              "\\b" + Pattern.quote(party) + "(?: |(?='s))" + matter.pattern().pattern()));
    }
    return ones;
  }

  private void check(Matter matter) {
    Set<String> has = new LinkedHashSet<>();
    Optional<Paragraph> first = Optional.empty();
    boolean both = false;
    Pattern mutual =
        Pattern.compile(
            "(?i)\\b(?:(?:either|each|neither|both|any) part(?:y|ies)|receiving party)(?: |(?='s))"
                + matter.pattern().pattern());
    Map<String, Pattern> ones = ones(matter);
    for (Paragraph paragraph : contract.paragraphs()) {
      for (Map.Entry<String, Pattern> one : ones.entrySet()) {
        if (one.getValue().matcher(paragraph.text()).find()) {
          has.add(one.getKey());
          first = first.isPresent() ? first : Optional.of(paragraph);
        }
      }
      both |= mutual.matcher(paragraph.text()).find();
    }
    if (has.size() == 1 && !both && first.isPresent()) {
      String one = has.iterator().next();
      String other =
          contract.parties().stream().filter(party -> !party.equals(one)).findFirst().orElseThrow();
      found.add(
          new Finding(
              matter.id(),
              Severity.HIGH,
              Place.ofLine(first.get().line()),
              "%s: %s %s."
                  .formatted(
                      Danger.named(first.get()),
                      Words.code(one),
                      matter.what().formatted(Words.code(other))),
              matter.why(),
              matter.fix()));
    }
  }
}
