package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AuditEntry;
import io.agentos.api.AuditRecord;
import io.agentos.api.TenantId;
import io.agentos.spi.AuditSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every audit sink must do. Extend it, and say how to read back what a sink was told. */
public abstract class AuditSinkContract {
  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");

  /**
   * A sink on the place of this test, as a process that starts makes it: with what those before
   * have left there.
   */
  protected abstract AuditSink sink();

  /** The stored text of each entry at this test's place, in the order in which they lie there. */
  protected abstract List<String> bodies();

  /** Makes the place refuse what it is told, such as a folder that is gone. */
  protected abstract void breakPlace();

  /** Undoes it. */
  protected abstract void mendPlace();

  @Test
  void id_isOneThatCanBeRemembered_andStays() {
    assertThat(sink().id()).matches("[a-z][a-z0-9.-]{0,62}").isEqualTo(sink().id());
  }

  @Test
  void accept_batch_isThereWhole_inOrder_whenItReturns() {
    List<AuditRecord> batch = records(ACME, 1, 500);

    sink().accept(batch);

    assertThat(bodies()).isEqualTo(bodiesOf(batch));
  }

  @Test
  void accept_batchAfterBatch_ofSeveralTenants_keepsTheirOrder() {
    AuditSink sink = sink();
    sink.accept(records(ACME, 1, 3));
    sink.accept(records(OTHER, 1, 2));
    sink.accept(records(ACME, 4, 1));

    List<String> found = bodies();
    assertThat(found.stream().filter(body -> body.contains("\"acme\"")))
        .containsExactlyElementsOf(bodiesOf(records(ACME, 1, 4)));
    assertThat(found.stream().filter(body -> body.contains("\"other\"")))
        .containsExactlyElementsOf(bodiesOf(records(OTHER, 1, 2)));
  }

  @Test
  void accept_repeat_isTaken_andLosesNothing() {
    AuditSink sink = sink();
    sink.accept(records(ACME, 1, 3));
    sink.accept(records(ACME, 2, 3));

    assertThat(bodies()).containsAll(bodiesOf(records(ACME, 1, 4)));
  }

  @Test
  void accept_afterAnotherProcess_keepsWhatWasThere() {
    sink().accept(records(ACME, 1, 2));
    sink().accept(records(ACME, 3, 2));

    assertThat(bodies()).isEqualTo(bodiesOf(records(ACME, 1, 4)));
  }

  @Test
  void accept_oddTexts_comeAsTheyAre() {
    AuditRecord odd = record(ACME, 1, "\"\\\u0000\u001b\n\u2028 Zoë 🦉 </script> {\"seq\":9}");

    sink().accept(List.of(odd));

    assertThat(bodies()).containsExactly(odd.body());
  }

  @Test
  void accept_placeThatRefuses_throws_andGoesOnWhereItIsMended() {
    AuditSink sink = sink();
    sink.accept(records(ACME, 1, 1));
    breakPlace();

    assertThatThrownBy(() -> sink.accept(records(ACME, 2, 2))).isInstanceOf(Exception.class);
    mendPlace();
    sink.accept(records(ACME, 2, 2));

    assertThat(bodies()).containsAll(bodiesOf(records(ACME, 2, 2)));
  }

  /** Entries as the log has them: chained, numbered, each on one line. */
  protected static List<AuditRecord> records(TenantId tenant, int first, int count) {
    List<AuditRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(tenant, first + i, "an owl was seen, number " + (first + i)));
    }
    return records;
  }

  private static AuditRecord record(TenantId tenant, long sequence, String text) {
    Instant at = BEGIN.plusMillis(sequence);
    String body =
        "{\"seq\":%d,\"tenant\":\"%s\",\"at\":\"%s\",\"type\":\"tool.called\",\"actor\":\"agent:owls.scout\",\"subject\":\"task_1\",\"facts\":{\"text\":%s}}"
            .formatted(sequence, tenant, at, quoted(text));
    return new AuditRecord(
        sequence,
        at,
        new AuditEntry(tenant, "tool.called", "agent:owls.scout", "task_1", Map.of("text", text)),
        body,
        hash(body));
  }

  private static List<String> bodiesOf(List<AuditRecord> records) {
    return records.stream().map(AuditRecord::body).toList();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String hash(String body) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
