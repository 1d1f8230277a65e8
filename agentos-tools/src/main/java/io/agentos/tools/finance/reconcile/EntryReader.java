package io.agentos.tools.finance.reconcile;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Severity;
import io.agentos.tools.table.Numbers;
import io.agentos.tools.table.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the entries of a table. Owned by one thread. */
final class EntryReader {
  private static final List<String> DATES =
      List.of(
          "date",
          "booking date",
          "posting date",
          "transaction date",
          "posted",
          "value date",
          "created",
          "datum");
  private static final List<String> DEBITS =
      List.of("debit", "money out", "paid out", "withdrawal", "soll");
  private static final List<String> CREDITS =
      List.of("credit", "money in", "paid in", "deposit", "haben");
  private static final List<String> AMOUNTS =
      List.of("amount", "net", "total", "sum", "value", "betrag");
  private static final List<String> REFERENCES =
      List.of(
          "reference",
          "ref",
          "invoice",
          "invoice number",
          "invoice no",
          "document",
          "document number",
          "order",
          "order number",
          "transaction id",
          "payment id",
          "id",
          "number");
  private static final List<String> CURRENCIES = List.of("currency", "ccy", "cur");
  private static final List<String> TEXTS =
      List.of("description", "text", "memo", "purpose", "details", "name", "payee", "customer");

  private final Table table;
  private final Optional<Integer> amount;
  private final Optional<Integer> debit;
  private final Optional<Integer> credit;
  private final int date;
  private final Optional<Integer> reference;
  private final Optional<Integer> currency;
  private final Optional<Integer> text;
  private final Dates dates;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  EntryReader(Table table, String dateFormat) {
    this.table = table;
    this.date = table.needed("the date", DATES);
    this.debit = table.column(DEBITS);
    this.credit = table.column(CREDITS);
    this.amount =
        debit.isPresent() && credit.isPresent()
            ? Optional.empty()
            : Optional.of(table.needed("the amount", AMOUNTS));
    this.reference = table.column(REFERENCES);
    this.currency = table.column(CURRENCIES);
    this.text = table.column(TEXTS);
    this.dates =
        Dates.of(
            table.name(), table.rows().stream().map(row -> row.cell(date)).toList(), dateFormat);
    table.rows().forEach(this::row);
    if (entries.isEmpty()) {
      throw GivenTexts.wrong(
          "%s has no entry that can be read, in %s."
              .formatted(table.name(), Markdown.count(table.rows().size(), "row")));
    }
  }

  List<Entry> entries() {
    return entries;
  }

  List<Finding> findings() {
    return findings;
  }

  private void row(Table.Row row) {
    Optional<LocalDate> day = dates.read(row.cell(date));
    Optional<BigDecimal> sum =
        amount.isPresent() ? Numbers.read(row.cell(amount.get())) : both(row);
    if (day.isEmpty() || sum.isEmpty()) {
      int column = day.isEmpty() ? date : amount.or(() -> debit).orElse(date);
      findings.add(
          new Finding(
              ReconcileRules.UNREADABLE,
              Severity.HIGH,
              new Place(table.name(), row.line(), ""),
              "%s is %s."
                  .formatted(
                      code(table.titles().get(column)),
                      row.cell(column).isEmpty() ? "empty" : code(row.cell(column))),
              day.isEmpty() ? "Write the date as 2026-05-31." : "Write the amount as a number."));
      return;
    }
    entries.add(
        new Entry(
            table.name(),
            row.line(),
            day.get(),
            sum.get(),
            currency.map(column -> row.cell(column).toUpperCase(Locale.ROOT)).orElse(""),
            reference.map(column -> plain(row.cell(column))).orElse(""),
            text.map(row::cell).orElse("")));
  }

  /** Credit less debit; empty when neither is a number. */
  private Optional<BigDecimal> both(Table.Row row) {
    Optional<BigDecimal> out = Numbers.read(row.cell(debit.orElseThrow()));
    Optional<BigDecimal> in = Numbers.read(row.cell(credit.orElseThrow()));
    return out.isEmpty() && in.isEmpty()
        ? Optional.empty()
        : Optional.of(
            in.orElse(BigDecimal.ZERO).subtract(out.map(BigDecimal::abs).orElse(BigDecimal.ZERO)));
  }

  private static String plain(String reference) {
    return reference
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "")
        .replaceFirst("^0+(?=.)", "");
  }
}
