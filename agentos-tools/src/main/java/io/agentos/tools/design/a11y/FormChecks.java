package io.agentos.tools.design.a11y;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Fields and their labels. */
final class FormChecks {
  private static final Set<String> UNLABELLED =
      Set.of("hidden", "submit", "reset", "button", "image");
  private static final Set<String> TOKENS =
      Set.of(
          "on",
          "off",
          "name",
          "honorific-prefix",
          "given-name",
          "additional-name",
          "family-name",
          "honorific-suffix",
          "nickname",
          "username",
          "new-password",
          "current-password",
          "one-time-code",
          "organization-title",
          "organization",
          "street-address",
          "address-line1",
          "address-line2",
          "address-line3",
          "address-level4",
          "address-level3",
          "address-level2",
          "address-level1",
          "country",
          "country-name",
          "postal-code",
          "cc-name",
          "cc-given-name",
          "cc-additional-name",
          "cc-family-name",
          "cc-number",
          "cc-exp",
          "cc-exp-month",
          "cc-exp-year",
          "cc-csc",
          "cc-type",
          "transaction-currency",
          "transaction-amount",
          "language",
          "bday",
          "bday-day",
          "bday-month",
          "bday-year",
          "sex",
          "url",
          "photo",
          "tel",
          "tel-country-code",
          "tel-national",
          "tel-area-code",
          "tel-local",
          "tel-extension",
          "email",
          "impp",
          "webauthn");
  private static final Set<String> BEFORE =
      Set.of("shipping", "billing", "home", "work", "mobile", "fax", "pager");
  private static final List<Map.Entry<Pattern, String>> PURPOSES =
      List.of(
          Map.entry(Pattern.compile("e-?mail"), "email"),
          Map.entry(Pattern.compile("first.?name|given.?name|fore.?name"), "given-name"),
          Map.entry(Pattern.compile("last.?name|family.?name|sur.?name"), "family-name"),
          Map.entry(Pattern.compile("full.?name|your.?name"), "name"),
          Map.entry(Pattern.compile("phone|mobile|\\btel\\b"), "tel"),
          Map.entry(Pattern.compile("post.?code|postal|\\bzip\\b"), "postal-code"),
          Map.entry(Pattern.compile("street|address.?line.?1"), "street-address"));

  private FormChecks() {}

  static void check(Scan scan) {
    for (Element field : scan.all("input, select, textarea")) {
      String type = field.attr("type").toLowerCase(Locale.ROOT);
      if (!Scan.isSilent(field) && !type.equals("hidden")) {
        if (!UNLABELLED.contains(type)) {
          label(scan, field);
        }
        autocomplete(scan, field, type);
        paste(scan, field, type);
      }
    }
    groups(scan);
  }

  private static void label(Scan scan, Element field) {
    if (!scan.names().of(field).isEmpty()) {
      return;
    }
    String placeholder = field.attr("placeholder").strip();
    String fix =
        "Write `<label for=\"%s\">…</label>`.".formatted(field.id().isEmpty() ? "id" : field.id());
    if (placeholder.isEmpty()) {
      scan.add(AccessRules.FIELD_LABEL, Severity.HIGH, field, "No label names it.", fix);
    } else {
      scan.add(
          AccessRules.FIELD_LABEL,
          Severity.MEDIUM,
          field,
          "Only its placeholder %s says what it is for.".formatted(code(placeholder)),
          fix);
    }
  }

  private static void autocomplete(Scan scan, Element field, String type) {
    String value = field.attr("autocomplete").strip().toLowerCase(Locale.ROOT);
    if (!value.isEmpty()) {
      List<String> words = List.of(value.split("\\s+", -1));
      String last = words.getLast();
      boolean known =
          TOKENS.contains(last)
              && words.subList(0, words.size() - 1).stream()
                  .allMatch(word -> BEFORE.contains(word) || word.startsWith("section-"));
      if (!known) {
        scan.add(
            AccessRules.AUTOCOMPLETE,
            Severity.MEDIUM,
            field,
            "%s is no value that HTML knows.".formatted(code("autocomplete=\"" + value + "\"")),
            "Use one of the HTML standard, such as `email`, `given-name` or `street-address`.");
      }
      return;
    }
    if (!field.normalName().equals("input") || !Set.of("", "text", "email", "tel").contains(type)) {
      return;
    }
    String says =
        (field.attr("name") + " " + field.id() + " " + scan.names().of(field))
            .toLowerCase(Locale.ROOT);
    PURPOSES.stream()
        .filter(purpose -> purpose.getKey().matcher(says).find())
        .findFirst()
        .ifPresent(purpose ->
            scan.add(
                AccessRules.AUTOCOMPLETE,
                Severity.LOW,
                field,
                "It looks like a field for %s and has no `autocomplete`."
                    .formatted(code(purpose.getValue())),
                "Add %s if it asks about the person who fills it in."
                    .formatted(code("autocomplete=\"" + purpose.getValue() + "\""))));
  }

  private static void paste(Scan scan, Element field, String type) {
    String handler = field.attr("onpaste").replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    if (handler.contains("returnfalse") || handler.contains("preventdefault")) {
      scan.add(
          AccessRules.PASTE,
          type.equals("password") ? Severity.HIGH : Severity.MEDIUM,
          field,
          "`onpaste` stops what one pastes.",
          "Take `onpaste` away.");
    }
  }

  private static void groups(Scan scan) {
    Map<String, List<Element>> byName =
        scan.all("input[type=radio]").stream()
            .filter(radio -> !radio.attr("name").isEmpty() && !Scan.isSilent(radio))
            .collect(
                Collectors.groupingBy(
                    radio -> radio.attr("name"), LinkedHashMap::new, Collectors.toList()));
    byName.forEach((name, radios) -> {
      Element first = radios.getFirst();
      Element group = first.closest("fieldset, [role=radiogroup], [role=group]");
      if (radios.size() > 1 && (group == null || scan.names().of(group).isEmpty())) {
        scan.add(
            AccessRules.GROUP,
            Severity.MEDIUM,
            first,
            "%d choices named %s have no common name.".formatted(radios.size(), code(name)),
            "Put them into a `<fieldset>` with a `<legend>` that asks the question.");
      }
    });
  }
}
