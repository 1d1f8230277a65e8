package io.agentos.runtime.definitions;

import io.agentos.runtime.definitions.GateCheck.AnswerPart;
import io.agentos.runtime.definitions.GateCheck.PiiClass;
import io.agentos.runtime.definitions.GateCheck.SqlClass;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the options of each check, and says what does not hold between them. */
final class GateOptions {
  private static final String HEADING = "Sources";
  private static final int CHARACTERS_MAX = 1_000_000;
  private static final int WORDS_MAX = 200_000;
  private static final List<String> WEB = List.of("https", "http");

  private final Section options;
  private final @Nullable PackFiles files;

  GateOptions(Section options, @Nullable PackFiles files) {
    this.options = options;
    this.files = files;
  }

  GateCheck read(String check) {
    return switch (check) {
      case "schema" -> schema();
      case "length" -> length();
      case "sections" -> new GateCheck.Sections(options.texts("required"));
      case "citations" -> citations();
      case "readability" -> readability();
      case "words" -> new GateCheck.Words(terms("banned"), terms("required"));
      case "secrets" -> new GateCheck.Secrets();
      case "pii" ->
          new GateCheck.Pii(
              constants("classes", PiiClass.class, List.of(PiiClass.values())),
              options.texts("allowed"));
      case "injection" -> new GateCheck.Injection(number("signsMin", 1));
      case "destination" -> destination();
      case "untrusted" ->
          new GateCheck.Untrusted(options.texts("trusted"), options.texts("contained"));
      case "url" -> url();
      case "sql" ->
          new GateCheck.Sql(
              options.texts("arguments"),
              constants("allowed", SqlClass.class, List.of(SqlClass.READ)));
      case "consent" -> consent();
      case "quiet-hours" -> quietHours();
      case "amount" -> amount();
      case "human" -> new GateCheck.Human(options.text("reason"));
      default -> throw new IllegalStateException("the schema allows no check " + check);
    };
  }

  private GateCheck schema() {
    Map<String, @Nullable Object> schema = options.plainMembers("schema");
    OwnSchema.problem(schema).ifPresent(problem -> options.problem("schema", problem));
    return new GateCheck.FitsSchema(
        options.text("of").equals("text") ? AnswerPart.TEXT : AnswerPart.FIELDS, schema);
  }

  private GateCheck length() {
    GateCheck.Length length =
        new GateCheck.Length(
            number("charactersMin", 0),
            number("charactersMax", CHARACTERS_MAX),
            number("wordsMin", 0),
            number("wordsMax", WORDS_MAX));
    ordered("charactersMin", length.charactersMin(), "charactersMax", length.charactersMax());
    ordered("wordsMin", length.wordsMin(), "wordsMax", length.wordsMax());
    return length;
  }

  private List<String> terms(String key) {
    List<String> terms = options.texts(key);
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).codePoints().noneMatch(Character::isLetterOrDigit)) {
        options.problem(
            key,
            i,
            "found %s; allowed: a term with a letter or digit"
                .formatted(Problems.quoted(terms.get(i))));
      }
    }
    return terms;
  }

  private GateCheck citations() {
    return new GateCheck.Citations(
        number("min", 1),
        options.has("heading") ? options.text("heading") : HEADING,
        options.flag("everyParagraph"),
        !options.has("urlsSeen") || options.flag("urlsSeen"));
  }

  private GateCheck readability() {
    @Nullable BigDecimal easeMin = options.decimal("easeMin").orElse(null);
    @Nullable BigDecimal easeMax = options.decimal("easeMax").orElse(null);
    @Nullable BigDecimal gradeMin = options.decimal("gradeMin").orElse(null);
    @Nullable BigDecimal gradeMax = options.decimal("gradeMax").orElse(null);
    ordered("easeMin", easeMin, "easeMax", easeMax);
    ordered("gradeMin", gradeMin, "gradeMax", gradeMax);
    return new GateCheck.Readability(easeMin, easeMax, gradeMin, gradeMax);
  }

  private GateCheck destination() {
    List<String> allowed = options.texts("allowed");
    for (int i = 0; i < allowed.size(); i++) {
      if (!isDestination(allowed.get(i))) {
        options.problem(
            "allowed",
            i,
            "found %s; allowed: a value without '*', *@DOMAIN, or SCHEME://HOST/PATH with '*' at"
                    .formatted(Problems.quoted(allowed.get(i)))
                + " its end");
      }
    }
    return new GateCheck.Destination(options.texts("arguments"), allowed);
  }

  /** A pattern must hold a whole domain or host, or it would let similar ones through. */
  private static boolean isDestination(String text) {
    int star = text.indexOf('*');
    if (star < 0) {
      return true;
    }
    if (text.startsWith("*@")) {
      return text.matches("\\*@[^*@\\s]{1,253}");
    }
    return text.matches("[a-z][a-z0-9+.-]{0,30}://[^/*@\\s\\\\?#]{1,260}/[^*\\s\\\\]{0,1000}\\*");
  }

  private GateCheck url() {
    return new GateCheck.Url(
        options.texts("arguments"),
        options.has("schemes") ? options.texts("schemes") : WEB,
        options.texts("allowed"),
        options.texts("denied"),
        options.flag("privateAllowed"));
  }

  private GateCheck consent() {
    ContactList lists = new ContactList(options, files);
    List<String> consent = lists.read("consent", "consentFile");
    return new GateCheck.Consent(
        options.texts("arguments"),
        options.has("consent") || options.has("consentFile"),
        consent,
        lists.read("doNotContact", "doNotContactFile"));
  }

  private GateCheck quietHours() {
    String timezone = options.text("timezone");
    try {
      ZoneId.of(timezone);
    } catch (DateTimeException e) {
      List<String> known = List.copyOf(ZoneId.getAvailableZoneIds());
      options.problem(
          "timezone",
          "found %s; allowed: a time zone such as Europe/Berlin%s"
              .formatted(Problems.quoted(timezone), Nearest.hint(timezone, known)));
    }
    if (options.text("from").equals(options.text("to"))) {
      options.problem("to", "found the same time as from; allowed: another");
    }
    return new GateCheck.QuietHours(
        timezone,
        constants("days", DayOfWeek.class, List.of(DayOfWeek.values())),
        options.text("from"),
        options.text("to"));
  }

  private GateCheck amount() {
    List<GateCheck.Amount.Tier> tiers = new ArrayList<>();
    BigDecimal before = BigDecimal.ONE.negate();
    for (Section tier : options.sections("tiers")) {
      BigDecimal upTo = tier.decimal("upTo").orElse(BigDecimal.ZERO);
      if (upTo.compareTo(before) <= 0) {
        tier.problem("upTo", "found %s after %s; allowed: more".formatted(upTo, before));
      }
      before = upTo;
      tiers.add(
          new GateCheck.Amount.Tier(
              upTo, tier.number("approvers").map(Math::toIntExact).orElse(0)));
    }
    return new GateCheck.Amount(
        options.text("argument"),
        tiers,
        options.number("approversAbove").map(Math::toIntExact).orElse(null),
        options.has("currencyArgument") ? options.text("currencyArgument") : null,
        options.has("currency") ? options.text("currency") : null);
  }

  private int number(String key, int otherwise) {
    return options.number(key).map(Math::toIntExact).orElse(otherwise);
  }

  private <E extends Enum<E>> List<E> constants(String key, Class<E> type, List<E> otherwise) {
    Function<String, E> constant = name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    return Optional.of(options.texts(key).stream().map(constant).toList())
        .filter(found -> !found.isEmpty())
        .orElse(otherwise);
  }

  private <T extends Comparable<T>> void ordered(
      String minKey, @Nullable T min, String maxKey, @Nullable T max) {
    if (min != null && max != null && min.compareTo(max) > 0) {
      options.problem(
          maxKey, "found %s, below %s of %s; allowed: more".formatted(max, minKey, min));
    }
  }
}
