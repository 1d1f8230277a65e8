package io.agentos.tools.contracts;

import io.agentos.tools.findings.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a contract should say something about, by its kind. */
enum Topic {
  PARTIES(
      "parties",
      "AGREEMENT",
      Severity.HIGH,
      "by and between|between .{1,200} and |parties to this",
      "Who is bound is not said.",
      "Name each party with legal form, register number and address."),
  SCOPE(
      "scope",
      "SERVICES SAAS",
      Severity.HIGH,
      "scope of (?:work|services)|statement of work|description of (?:the )?services|shall (?:provide|perform|deliver)|services (?:are )?described",
      "What is owed cannot be enforced when it is not described.",
      "Describe services and deliverables, or refer to a statement of work that is attached."),
  TERM(
      "term",
      "AGREEMENT",
      Severity.MEDIUM,
      "\\bterm of (?:this|the)|effective date|shall (?:commence|remain in (?:full )?force)|initial term",
      "Nobody knows from when until when it holds.",
      "Say when it begins, how long it runs and how it is prolonged."),
  TERMINATION(
      "termination",
      "AGREEMENT",
      Severity.HIGH,
      "\\bterminat(?:e|ion)",
      "Without it one leaves only by agreement or for grave cause.",
      "Give both sides a way to end it: notice for convenience, and for material breach not cured in 30 days; say what happens to data and fees."),
  PAYMENT(
      "payment",
      "SERVICES SAAS",
      Severity.HIGH,
      "\\b(?:fees?|price|payment|invoice)s?\\b",
      "What is paid, when and on which invoice is open.",
      "Say the amount or how it is found, currency, taxes, when it is due, and what is disputed how."),
  CONFIDENTIALITY(
      "confidentiality",
      "AGREEMENT",
      Severity.HIGH,
      "confidential",
      "What you tell the other side can be used and passed on.",
      "A mutual duty with the usual exceptions, for three to five years, longer for trade secrets."),
  INTELLECTUAL_PROPERTY(
      "intellectual-property",
      "SERVICES SAAS",
      Severity.HIGH,
      "intellectual property|copyright|work product|ownership of",
      "Who owns what is made is left to law, which differs from country to country.",
      "Say who owns results, what each keeps of its own, and which licence the other gets."),
  DATA_PROTECTION(
      "data-protection",
      "SERVICES SAAS",
      Severity.MEDIUM,
      "personal data|data protection|GDPR|data processing",
      "When personal data is processed for somebody, GDPR Art. 28(3) wants a contract about it.",
      "Attach a data processing agreement, or say that no personal data is processed."),
  WARRANTY(
      "warranty",
      "SERVICES SAAS",
      Severity.MEDIUM,
      "warrant(?:y|ies|s)",
      "What happens when the result is bad is left to law.",
      "Say what is promised, for how long, and the remedy: repair, again, money back."),
  LIABILITY(
      "limitation-of-liability",
      "SERVICES SAAS",
      Severity.HIGH,
      "limitation of liability|aggregate liability|liable|liability",
      "Both sides are liable without limit for any fault.",
      "A cap for both (often the fees of twelve months), with exceptions for intent, injury to people and confidentiality."),
  SERVICE_LEVEL(
      "service-level",
      "SAAS",
      Severity.MEDIUM,
      "service level|availability of|uptime",
      "How often it may be down, and what you get then, is open.",
      "Availability per month, how it is measured, support times, credits."),
  GOVERNING_LAW(
      "governing-law",
      "AGREEMENT",
      Severity.HIGH,
      "governing law|governed by|laws of",
      "Which law holds has to be argued first, and that costs most.",
      "Name one law, and exclude the CISG if it is not wanted."),
  DISPUTES(
      "disputes",
      "AGREEMENT",
      Severity.MEDIUM,
      "jurisdiction|arbitrat|courts of|mediation|dispute",
      "Where to sue is open.",
      "Name a court or rules of arbitration, seat and language; a step of talks before."),
  FORCE_MAJEURE(
      "force-majeure",
      "SERVICES SAAS",
      Severity.LOW,
      "force majeure|beyond (?:its|their|the) (?:reasonable )?control",
      "What happens in a strike, a pandemic or an outage of others is left to law.",
      "Say what counts, the duty to tell, and an end after some weeks."),
  ASSIGNMENT(
      "assignment",
      "AGREEMENT",
      Severity.LOW,
      "\\bassign(?:ment|ed|s)?\\b|\\btransfer (?:this|its rights)",
      "You may find somebody else on the other side.",
      "Only with consent, which is not withheld without reason; free within a group."),
  CHANGES(
      "changes-in-writing",
      "AGREEMENT",
      Severity.LOW,
      "amend(?:ed|ment|ments)?\\b|in writing signed|variation",
      "An e-mail or a word may change it.",
      "Changes only in writing signed by both, and this sentence too."),
  ENTIRE_AGREEMENT(
      "entire-agreement",
      "AGREEMENT",
      Severity.LOW,
      "entire agreement|supersedes",
      "Earlier drafts and mails may still count.",
      "Say that this is the whole agreement and what comes first when parts differ."),
  SEVERABILITY(
      "severability",
      "AGREEMENT",
      Severity.LOW,
      "severab|invalid or unenforceable|held (?:to be )?invalid",
      "One void sentence may take others along.",
      "Say that the rest stays, and what replaces the void part."),
  NOTICES(
      "notices",
      "AGREEMENT",
      Severity.LOW,
      "\\bnotices?\\b.{0,80}\\b(?:shall|must|to be) be|notices? under this",
      "Whether a notice by mail has arrived will be disputed.",
      "Say where to, in which form, and when it counts as received.");

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that cannot be changed
  private final Set<String> kinds;

  private final Severity severity;
  private final Pattern pattern;
  private final String why;
  private final String fix;

  Topic(String id, String kinds, Severity severity, String pattern, String why, String fix) {
    this.id = id;
    this.kinds = Set.copyOf(Arrays.asList(kinds.split(" ", -1)));
    this.severity = severity;
    this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    this.why = why;
    this.fix = fix;
  }

  /** A kind of contract, for what it must have. */
  enum Kind {
    NDA,
    SERVICES,
    SAAS,
    OTHER;

    /** The kind of a name; empty for one that is unknown. */
    static Optional<Kind> named(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().equalsIgnoreCase(name.strip()))
          .findFirst();
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String id() {
    return id;
  }

  /** The name for people, such as {@code limitation of liability}. */
  String title() {
    return id.replace('-', ' ');
  }

  Severity severity() {
    return severity;
  }

  Pattern pattern() {
    return pattern;
  }

  String why() {
    return why;
  }

  String fix() {
    return fix;
  }

  /** Those that a contract of this kind should have. */
  static List<Topic> of(Kind kind) {
    return Arrays.stream(values())
        .filter(topic -> topic.kinds.contains("AGREEMENT") || topic.kinds.contains(kind.name()))
        .toList();
  }
}
