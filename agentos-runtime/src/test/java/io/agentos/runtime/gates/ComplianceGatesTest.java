package io.agentos.runtime.gates;

import static io.agentos.runtime.gates.Asked.said;
import static io.agentos.runtime.gates.Asked.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Quorum;
import io.agentos.api.Seen;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.Amount.Tier;
import io.agentos.runtime.definitions.OnFinding;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates for the rules that a company must keep. */
final class ComplianceGatesTest {
  private static final String YES = "is not on the list of those who said yes";
  private static final String NO = "is on the list of those who must not be contacted";
  private static final String NOBODY =
      "is neither an e-mail address nor a phone number with its country";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ada@example.com | pass",
        "ADA@Example.COM | pass",
        "Ada Lovelace <ada@example.com> | pass",
        "mailto:ada@example.com | pass",
        "ａda@example．com | pass",
        "anyone@corp.example | pass",
        "+49 (30) 123-4567 | pass",
        "0049 30 1234567 | pass",
        "tel:+49301234567 | pass",
        "bob@example.com | yes",
        "аda@example.com | yes",
        "ada@example.com, bob@example.com | yes",
        "stop@corp.example | no",
        "stop+news@corp.example | no",
        "STOP@corp.example; ada@example.com | no",
        "ada@example.com\u200b | nobody",
        "ada@example.com@evil.org | nobody",
        "030 1234567 | nobody",
        "@ | nobody",
        "hello | nobody",
        "+49 30 12 34 56 78 90 12 34 56 | nobody"
      })
  void consent_ofRecipients(String to, String expected) {
    GateCheck check =
        new GateCheck.Consent(
            List.of("to"),
            true,
            List.of("ada@example.com", "@corp.example", "+49 30 1234567"),
            List.of("Stop@corp.example"));
    String finding =
        switch (expected) {
          case "yes" -> YES;
          case "no" -> NO;
          case "nobody" -> NOBODY;
          default -> "";
        };

    assertThat(said(check, tool(Map.of("to", to), new TaskInput.Text(""), Seen.NONE)))
        .isEqualTo(finding.isEmpty() ? "pass" : "A recipient of mail.send %s.".formatted(finding));
  }

  @Test
  void consent_standsAtAnyDepth_andIsNeededOfSomebody() {
    GateCheck check = new GateCheck.Consent(List.of("to"), false, List.of(), List.of("@evil.org"));

    assertThat(said(check, tool("{\"m\": [{\"to\": [[\"eve@evil.org\"]]}]}"))).contains(NO);
    assertThat(said(check, tool("{\"to\": {\"x\": \"ada@example.com\"}}"))).isEqualTo("pass");
    assertThat(said(check, tool("{\"subject\": \"x\"}")))
        .isEqualTo("mail.send names no recipient.");
    assertThat(said(check, tool("{\"to\": \"\"}"))).isEqualTo("mail.send names no recipient.");
    assertThat(said(check, tool("{\"to\": null}"))).isEqualTo("mail.send names no recipient.");
  }

  /** 23 November 2026 is a Monday; Berlin is an hour ahead of UTC then. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T19:59:59Z, false",
    "2026-11-23T20:00:00Z, true",
    "2026-11-23T23:30:00Z, true",
    "2026-11-24T06:59:59Z, true",
    "2026-11-24T07:00:00Z, false",
    "2026-11-24T21:00:00Z, false",
    "2026-11-25T03:00:00Z, false",
    "2026-11-27T21:00:00Z, true",
    "2026-11-28T03:00:00Z, true",
    "2026-11-28T21:00:00Z, false",
    "2026-10-19T19:00:00Z, true",
    "2026-10-19T18:59:59Z, false"
  })
  void quietHours_throughTheNight(String now, boolean quiet) {
    GateCheck.QuietHours check =
        new GateCheck.QuietHours(
            "Europe/Berlin", List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "21:00", "08:00");
    Check gate = new QuietHoursCheck(check, InstantSource.fixed(Instant.parse(now)));

    assertThat(
            Asked.words(gate.check(Asked.task("x"), new Consequence(OnFinding.BLOCK, Quorum.ONE))))
        .isEqualTo(quiet ? "It is quiet from 21:00 to 08:00 in Europe/Berlin." : "pass");
  }

  @ParameterizedTest
  @CsvSource({"11:59, pass", "12:00, quiet", "12:59, quiet", "13:00, pass"})
  void quietHours_ofOneDay(String time, String expected) {
    GateCheck.QuietHours check =
        new GateCheck.QuietHours("UTC", List.of(DayOfWeek.MONDAY), "12:00", "13:00");
    Check gate =
        new QuietHoursCheck(
            check, InstantSource.fixed(Instant.parse("2026-11-23T" + time + ":00Z")));

    assertThat(
            Asked.words(gate.check(Asked.task("x"), new Consequence(OnFinding.BLOCK, Quorum.ONE))))
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'amount': 100} | pass",
        "{'amount': '100.00'} | pass",
        "{'amount': 0} | pass",
        "{'amount': 1e2} | pass",
        "{'amount': 100.000001} | ask 1: An amount up to 1000 takes 1 person.",
        "{'amount': 1000} | ask 1: An amount up to 1000 takes 1 person.",
        "{'amount': '1000.01'} | ask 2: An amount above 1000 takes 2 people.",
        "{'pay': [{'amount': 60}, {'amount': 60}]} | ask 1: An amount up to 1000 takes 1 person.",
        "{'amount': 99999999999999999999} | not an amount",
        "{'amount': -1} | not an amount",
        "{'amount': '1,000'} | not an amount",
        "{'amount': '1e2'} | not an amount",
        "{'amount': ' 5'} | not an amount",
        "{'amount': '٥'} | not an amount",
        "{'amount': 0.0000001} | not an amount",
        "{'amount': 1e999} | not an amount",
        "{'amount': [5]} | not an amount",
        "{'amount': null} | not an amount",
        "{'amount': true} | not an amount",
        "{'other': 5} | not an amount"
      })
  void amount_byTiers(String arguments, String expected) {
    assertThat(said(amount(2), tool(arguments.replace('\'', '"'))))
        .isEqualTo(
            expected.equals("not an amount")
                ? "Argument 'amount' must be an amount, not negative, of at most 18 digits and 6 decimals."
                : expected);
  }

  @Test
  void amount_aboveAll_isBlockedWhereNobodyMaySayYes() {
    assertThat(said(amount(null), tool("{\"amount\": 1001}")))
        .isEqualTo("The amount is above 1000, the most that is allowed.");
  }

  @Test
  void amount_ofAnotherCurrency_isBlocked() {
    GateCheck check =
        new GateCheck.Amount(
            "amount", List.of(new Tier(new BigDecimal("5"), 0)), null, "currency", "EUR");

    assertThat(said(check, tool("{\"amount\": 5, \"currency\": \"eur\"}"))).isEqualTo("pass");
    assertThat(said(check, tool("{\"amount\": 5, \"currency\": \"KWD\"}")))
        .isEqualTo("Argument 'currency' is not EUR, of which the tiers are.");
    assertThat(said(check, tool("{\"amount\": 5}")))
        .isEqualTo("Argument 'currency' is not EUR, of which the tiers are.");
  }

  @Test
  void human_isAlwaysAsked() {
    assertThat(
            Asked.words(
                Asked.gate(new GateCheck.Human("Look at it."), OnFinding.ESCALATE)
                    .check(Asked.task("x"))))
        .isEqualTo("ask 1: Look at it.");
  }

  private static GateCheck amount(Integer above) {
    return new GateCheck.Amount(
        "amount",
        List.of(new Tier(new BigDecimal("100"), 0), new Tier(new BigDecimal("1000"), 1)),
        above,
        null,
        null);
  }
}
