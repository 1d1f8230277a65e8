package io.agentos.tools.contracts;

import io.agentos.tools.contracts.Contract.Paragraph;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that are dangerous wherever they stand, and what to ask for instead. */
final class Danger {

  private record Rule(String id, Severity severity, Pattern pattern, String why, String fix) {
    static Rule of(String id, Severity severity, String pattern, String why, String fix) {
      return new Rule(id, severity, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), why, fix);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "unlimited-liability",
              Severity.HIGH,
              "\\bunlimited liability|\\bliability [^.]{0,80}\\b(?:shall|will|is) (?:not be limited|unlimited)|without (?:any )?limit(?:ation)? (?:of|as to) liability",
              "One fault can cost more than the contract ever brings.",
              "A cap for both sides, with exceptions only for intent, injury to people and confidentiality."),
          Rule.of(
              "changes-alone",
              Severity.HIGH,
              "\\bmay (?:amend|modify|change|update|revise|increase|adjust)\\b[^.]{0,120}\\b(?:at any time|from time to time|in its sole discretion|without (?:prior )?notice)|reserves the right to (?:amend|modify|change|increase)[^.]{0,120}",
              "The other side can change what you agreed to, and you are bound to it.",
              "Changes only with consent; or notice of 60 days and a right to end it without cost."),
          Rule.of(
              "renews-by-itself",
              Severity.MEDIUM,
              "\\bautomatic(?:ally)? (?:be )?(?:renew|extend|prolong)",
              "Who forgets the date pays for another term.",
              "Renewal by consent; or terms of one month, a notice of at most 30 days, and a reminder."),
          Rule.of(
              "rights-for-ever",
              Severity.HIGH,
              "\\b(?:perpetual|irrevocable)\\b[^.]{0,120}\\b(?:licen[cs]e|right)|\\b(?:licen[cs]e|right)[^.]{0,60}\\b(?:perpetual|irrevocable)\\b",
              "What is given so can never be taken back, whatever happens.",
              "A licence for the term and the purpose of the contract."),
          Rule.of(
              "indemnity-wide",
              Severity.HIGH,
              "\\bindemnif(?:y|ies)\\b[^.]{0,200}\\bany and all\\b|hold harmless[^.]{0,160}\\bany and all\\b",
              "You pay for whatever anyone claims, also where you did nothing wrong.",
              "Only third-party claims caused by a breach or an infringement, with notice, control of the defence and a cap."),
          Rule.of(
              "not-compete",
              Severity.HIGH,
              "\\bnon-?compet|shall not [^.]{0,80}\\bcompet(?:e|ing|itive)\\b|\\bexclusiv(?:e|ity|ely)\\b[^.]{0,80}\\b(?:supplier|provider|customer|purchase|deal)",
              "It binds the rest of your business, and is void in some places and not in others.",
              "Take it out; or narrow it in time, place and field, with something in return."),
          Rule.of(
              "best-price",
              Severity.MEDIUM,
              "\\bmost[- ]favou?red|lowest price (?:offered|charged)|no less favou?rable than",
              "Every price you give anyone becomes a price for this one, and somebody may audit it.",
              "Take it out, or compare only like volumes and terms, without audit."),
          Rule.of(
              "penalty",
              Severity.MEDIUM,
              "\\b(?:contractual penalty|penalt(?:y|ies) of|liquidated damages)\\b",
              "It is owed without proof of damage.",
              "A cap in percent of the fee, counted against damages, as the only remedy for that delay."),
          Rule.of(
              "sole-discretion",
              Severity.MEDIUM,
              "\\b(?:sole|absolute)(?: and absolute)? discretion\\b",
              "The other side decides and need not say why.",
              "\"Reasonably\", with a reason in writing and a time limit."),
          Rule.of(
              "no-warranty",
              Severity.MEDIUM,
              "\\bas[ -]is\\b|without (?:any )?warrant(?:y|ies) of any kind|disclaims? all warranties",
              "Nothing is promised, not even that it works.",
              "At least: done with care, as described, free of rights of others, repaired when not."),
          Rule.of(
              "rights-waived",
              Severity.HIGH,
              "\\bwaives? (?:any|all|its|the) (?:right|claim)|waiver of (?:jury|class)|\\bshall have no (?:right|remedy|claim)",
              "A right is given up before anyone knows what it will be worth.",
              "Take it out, or name the one right and what is had for it."),
          Rule.of(
              "assigns-future-work",
              Severity.MEDIUM,
              "\\bassigns? [^.]{0,80}\\ball (?:right|rights), title,? and interest",
              "Also what you had before, or make for others, may go along.",
              "Only results made for this contract and paid for; a licence for what you had before."),
          Rule.of(
              "personal-guarantee",
              Severity.HIGH,
              "\\bpersonal(?:ly)? (?:guarant|liable)|jointly and severally",
              "Somebody pays for all with what they own themselves.",
              "Take it out, or limit it to an amount and a time."),
          Rule.of(
              "secret-for-ever",
              Severity.MEDIUM,
              "\\bconfidential[^.]{0,160}\\b(?:in perpetuity|perpetual|indefinitely|survive indefinitely)",
              "A duty that never ends is broken some day.",
              "Three to five years after the end; longer only for trade secrets."));

  private static final Pattern DAYS =
      Pattern.compile(
          "(?i)\\b(?:pay|paid|payable|payment|due)\\b[^.]{0,100}?\\b(\\d{2,3})\\)? (?:calendar |business )?days");
  private static final Pattern NOTICE =
      Pattern.compile(
          "(?i)\\b(\\d{2,3})\\)? (?:calendar )?days['’]?(?: prior| written| before)[^.]{0,60}(?:renew|expir|end of)|notice[^.]{0,80}?\\b(\\d{2,3})\\)? days[^.]{0,40}(?:renew|expir|end of)");
  private static final Pattern INTEREST =
      Pattern.compile(
          "(?i)interest[^.]{0,80}?(\\d{1,2}(?:\\.\\d{1,2})?) ?(?:%|per ?cent)[^.]{0,20}per month");
  private static final int DAYS_MAX = 60;

  private Danger() {}

  static List<Finding> findings(Contract contract) {
    List<Finding> found = new ArrayList<>();
    for (Paragraph paragraph : contract.paragraphs()) {
      for (Rule rule : RULES) {
        Matcher matcher = rule.pattern().matcher(paragraph.text());
        if (matcher.find()) {
          found.add(
              new Finding(
                  rule.id(),
                  rule.severity(),
                  Place.ofLine(paragraph.line()),
                  "%s: %s.".formatted(named(paragraph), Words.code(matcher.group())),
                  rule.why(),
                  rule.fix()));
        }
      }
      numbers(paragraph, found);
    }
    return found;
  }

  private static void numbers(Paragraph paragraph, List<Finding> found) {
    Matcher days = DAYS.matcher(paragraph.text());
    if (days.find() && Integer.parseInt(days.group(1)) > DAYS_MAX) {
      found.add(
          new Finding(
              "paid-late",
              Severity.MEDIUM,
              Place.ofLine(paragraph.line()),
              "%s: payment within %s days.".formatted(named(paragraph), days.group(1)),
              "Between businesses more than 60 days hold in the EU only if expressly agreed and not"
                  + " grossly unfair (Directive 2011/7/EU, Art. 3(5)).",
              "30 days after the invoice."));
    }
    Matcher notice = NOTICE.matcher(paragraph.text());
    if (notice.find()) {
      String number = notice.group(1) == null ? notice.group(2) : notice.group(1);
      if (Integer.parseInt(number) > DAYS_MAX) {
        found.add(
            new Finding(
                "notice-early",
                Severity.MEDIUM,
                Place.ofLine(paragraph.line()),
                "%s: notice %s days before the end of a term.".formatted(named(paragraph), number),
                "The day to decide comes long before anyone thinks of it.",
                "At most 30 days before the end."));
      }
    }
    Matcher interest = INTEREST.matcher(paragraph.text());
    if (interest.find() && Double.parseDouble(interest.group(1)) > 1.0) {
      found.add(
          new Finding(
              "interest-high",
              Severity.MEDIUM,
              Place.ofLine(paragraph.line()),
              "%s: interest of %s %% a month.".formatted(named(paragraph), interest.group(1)),
              "That is more than 12 % a year; in many places not enforceable, and dear where it is.",
              "The legal rate, or a few points above that of the central bank."));
    }
  }

  static String named(Paragraph paragraph) {
    return paragraph.name().isEmpty() ? "A paragraph" : "Clause " + Words.code(paragraph.name());
  }
}
