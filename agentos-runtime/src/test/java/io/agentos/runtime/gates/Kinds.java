package io.agentos.runtime.gates;

import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.AnswerPart;
import io.agentos.runtime.definitions.GateCheck.PiiClass;
import io.agentos.runtime.definitions.GateCheck.SqlClass;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One gate of every kind. */
final class Kinds {
  static final Map<String, GateCheck> ALL = all();

  private Kinds() {}

  static GateCheck of(String name) {
    GateCheck check = ALL.get(name);
    if (check == null) {
      throw new IllegalArgumentException(name);
    }
    return check;
  }

  private static Map<String, GateCheck> all() {
    Map<String, GateCheck> all = new LinkedHashMap<>();
    all.put("schema", new GateCheck.FitsSchema(AnswerPart.TEXT, Map.of("type", "object")));
    all.put(
        "schema-fields",
        new GateCheck.FitsSchema(AnswerPart.FIELDS, Map.of("required", List.of("total"))));
    all.put("length", new GateCheck.Length(1, 1000, 1, 100));
    all.put("sections", new GateCheck.Sections(List.of("Summary")));
    all.put("citations", new GateCheck.Citations(1, "Sources", true, true));
    all.put("readability", new GateCheck.Readability(new BigDecimal("60"), null, null, null));
    all.put("words", new GateCheck.Words(List.of("guaranteed", "risk risk b"), List.of("hello")));
    all.put("secrets", new GateCheck.Secrets());
    all.put("pii", new GateCheck.Pii(List.of(PiiClass.values()), List.of("@example.com")));
    all.put("injection", new GateCheck.Injection(1));
    all.put(
        "destination",
        new GateCheck.Destination(
            List.of("to", "url"), List.of("*@corp.example", "https://a.example/*")));
    all.put("untrusted", new GateCheck.Untrusted(List.of("mail.*"), List.of("files.*")));
    all.put(
        "url",
        new GateCheck.Url(
            List.of("url"), List.of("https", "http"), List.of(), List.of("evil.example"), false));
    all.put("sql", new GateCheck.Sql(List.of("sql"), List.of(SqlClass.READ)));
    all.put(
        "consent",
        new GateCheck.Consent(List.of("to"), true, List.of("ada@example.com"), List.of()));
    all.put(
        "quiet-hours",
        new GateCheck.QuietHours("UTC", List.of(DayOfWeek.MONDAY), "11:00", "13:00"));
    all.put(
        "amount",
        new GateCheck.Amount(
            "amount", List.of(new GateCheck.Amount.Tier(BigDecimal.TEN, 0)), 1, null, null));
    all.put("human", new GateCheck.Human("Look."));
    return all;
  }
}
