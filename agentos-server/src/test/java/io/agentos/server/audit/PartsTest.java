package io.agentos.server.audit;

import static io.agentos.server.audit.SignedLog.LAMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AuditEntry;
import io.agentos.runtime.checkpoints.AuditExport;
import io.agentos.runtime.checkpoints.EvidenceText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parts of a log, evidence, what a superuser changes in the rows, and files made to do harm. */
final class PartsTest {
  private static final String TEXT =
      "{\"id\":\"lamps.lantern\",\"body\":{\"system\":\"Count – \\\"them\\\".\"}}";
  private static final List<EvidenceText> TEXTS =
      List.of(
          new EvidenceText("definition", "agent", TEXT),
          new EvidenceText("prompt", "system", "Count – \"them\"."));

  private final SignedLog log = new SignedLog();

  PartsTest() {
    log.append(LAMPS, 37);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void everyPart_isProvenByItself_andNothingElse() {
    for (int first = 1; first <= 37; first += 3) {
      for (int last = first; last <= 37; last += 5) {
        List<String> part = log.lines(LAMPS, new AuditExport.Part(first, (long) last));
        String range = first + "-" + last;
        assertThat(log.verify(LAMPS, part, "--range", range))
            .isEqualTo(
                "0 ok: entries %d to %d of test.example/lamps are in the log of 37 that was signed"
                    .formatted(first, last));
        List<String> changed = new ArrayList<>(part);
        changed.set(1, part.get(1).replace("amber", "green"));
        assertThat(log.verify(LAMPS, changed, "--range", range))
            .startsWith("1 bad: entry " + first + ": ");
      }
    }
    List<String> part = log.lines(LAMPS, new AuditExport.Part(4, 9L));
    assertThat(log.verify(LAMPS, part))
        .isEqualTo("1 bad: entry 1: the file holds entries 4 to 9, and not 1-9");
    assertThat(log.verify(LAMPS, part, "--range", "4-10")).startsWith("1 bad: ");
  }

  @Test
  void evidence_isProven_andAnyChangeIsFound() {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("task", Map.of("input", "seven \u2013 bells"));
    parts.put("effects", List.of());
    List<String> lines =
        SignedLog.text(log.export.evidence(LAMPS, "task-7", List.of("lamp-1"), parts, TEXTS))
            .lines()
            .toList();
    assertThat(log.verify(LAMPS, lines))
        .isEqualTo("0 ok: 13 entries about task-7 are in the log of 37 that was signed");
    for (int i = 1; i < lines.size() - 1; i++) {
      List<String> removed = new ArrayList<>(lines);
      removed.remove(i);
      assertThat(log.verify(LAMPS, removed)).startsWith("1 bad: ");
      List<String> changed = new ArrayList<>(lines);
      changed.set(i, lines.get(i).replace("amber", "green").replace("seven", "eight") + " ");
      assertThat(log.verify(LAMPS, changed)).startsWith("1 bad: ");
    }
  }

  /** With the key that signs at hand, a text still has to be that of the hash in the log. */
  @Test
  void definition_isThatWhichTheLogNames() {
    log.append(
        LAMPS,
        new AuditEntry(
            LAMPS, "policy.allowed", "agent", "task-8", Map.of("definition_sha256", sha256(TEXT))));
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();

    assertThat(log.verify(LAMPS, evidence(parts, TEXTS)))
        .isEqualTo("0 ok: 1 entries about task-8 are in the log of 38 that was signed");
    assertThat(log.verify(LAMPS, evidence(parts, List.of())))
        .isEqualTo("1 bad: entry 38: it names a definition that the file does not hold");
    assertThat(
            log.verify(
                LAMPS,
                evidence(parts, List.of(new EvidenceText("definition", "agent", TEXT + " ")))))
        .isEqualTo("1 bad: entry 38: it names a definition that the file does not hold");
    List<String> changed = new ArrayList<>(evidence(parts, TEXTS));
    changed.set(1, changed.get(1).replace("lantern", "lintern"));
    assertThat(log.verify(LAMPS, changed))
        .isEqualTo("1 bad: entry 1: the text of the definition is not that of its hash");
    changed.set(1, evidence(parts, TEXTS).get(1));
    changed.set(2, changed.get(2).replace("Count", "Break"));
    assertThat(log.verify(LAMPS, changed))
        .isEqualTo("1 bad: entry 1: the text of the prompt is not that of its hash");
    parts.put("definition", null);
    assertThat(log.verify(LAMPS, evidence(parts, List.of())))
        .isEqualTo(
            "0 ok: 1 entries about task-8 are in the log of 38 that was signed; the definition was erased, or there was none");
  }

  private List<String> evidence(Map<String, @Nullable Object> parts, List<EvidenceText> texts) {
    return SignedLog.text(log.export.evidence(LAMPS, "task-8", List.of("task-8"), parts, texts))
        .lines()
        .toList();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tamperedRows_areFoundInTheNextExport() {
    log.tamper("update audit_entry set body = replace(body, 'amber', 'green') where seq = 23");
    assertThat(log.verify(LAMPS, log.lines(LAMPS, AuditExport.Part.WHOLE)))
        .startsWith("1 bad: entry 23: ");
    log.tamper("delete from audit_entry where seq = 12");
    assertThat(log.verify(LAMPS, log.lines(LAMPS, AuditExport.Part.WHOLE)))
        .startsWith("1 bad: entry 12: missing");
    log.tamper("delete from audit_entry where seq > 5");
    log.tamper("update chain_head set seq = 5 where tenant_id = 'lamps'");
    assertThat(log.verify(LAMPS, log.lines(LAMPS, AuditExport.Part.WHOLE)))
        .startsWith("1 bad: entry 6: ");
  }

  /** Whatever the file says, the verifier answers in one line and never breaks. */
  @Test
  void hostileFiles_areRefusedInOneLine() {
    List<String> good = log.lines(LAMPS, AuditExport.Part.WHOLE);
    List<String> hostile =
        List.of(
            "",
            "\n",
            "{}",
            "[".repeat(200_000),
            "{\"export\":" + "[".repeat(200_000),
            "{\"tenant\":\"lamps\",\"tenant\":\"lamps\"}",
            "{\"tenant\":\"lamps\",\"first\":99999999999999999999}",
            "{\"tenant\":\"\\ud800\"}",
            "{\"tenant\":\"\u001b[31m\"}",
            good.getFirst().replace("\"before\":[]", "\"before\":[\"AAAA\"]"),
            good.getFirst().replace("\"last\":37", "\"last\":999999999999999999"),
            good.getFirst().replace("\"first\":1", "\"first\":0"));
    for (String text : hostile) {
      String said = log.verify(LAMPS, text, "lamps.txt", LAMPS);
      assertThat(said).matches("[12] [ -~]+");
    }
    byte[] noise = new byte[10_000];
    new java.util.Random(7).nextBytes(noise);
    assertThat(
            log.verify(LAMPS, new String(noise, StandardCharsets.ISO_8859_1), "lamps.txt", LAMPS))
        .matches("2 [ -~]+");
    assertThat(log.verify(LAMPS, String.join("\n", good), "missing.txt", LAMPS))
        .startsWith("2 unreadable: NoSuchFileException");
    assertThat(log.verify(LAMPS, good, "--unknown", "x")).startsWith("2 usage: ");
  }
}
