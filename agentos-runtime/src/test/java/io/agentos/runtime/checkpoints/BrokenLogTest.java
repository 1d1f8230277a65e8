package io.agentos.runtime.checkpoints;

import static io.agentos.runtime.TestStore.ACME;
import static io.agentos.runtime.TestStore.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.audit.Audit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A superuser changes the log; nothing is signed over it any more, and everybody is told. */
final class BrokenLogTest {
  private static final int SIGNED = 10;

  private final TestLog log = new TestLog();
  private final Checkpoints node = log.node();

  BrokenLogTest() {
    log.append(ACME, SIGNED);
    log.append(OTHER, SIGNED);
    node.pass();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void rewrittenSuffix_withHashesThatFit_isRefused() {
    log.rewriteAfter(ACME, 6);
    assertThat(log.store.audit().verify(log.store.database(), ACME).intact()).isTrue();
    refused(7, "entry 7 is not the one that was signed");
  }

  @Test
  void cutTail_isRefused() {
    log.tamper(
        "delete from audit_entry where tenant_id = 'acme' and seq > 8",
        """
        update chain_head h set seq = 8, hash = e.hash from audit_entry e
        where h.tenant_id = 'acme' and e.tenant_id = 'acme' and e.seq = 8
        """);
    refused(9, "entry 9 is missing; a checkpoint of 10 was signed");
  }

  @Test
  void rewindThatGrewAgain_isRefused() {
    log.tamper(
        "delete from audit_entry where tenant_id = 'acme' and seq > 4",
        """
        update chain_head h set seq = 4, hash = e.hash from audit_entry e
        where h.tenant_id = 'acme' and e.tenant_id = 'acme' and e.seq = 4
        """);
    log.append(ACME, 20);
    refused(5, "entry 5 is not the one that was signed");
  }

  @Test
  void changedEntry_thatIsNotSignedYet_isRefused() {
    log.append(ACME, 5);
    log.tamper(
        "update audit_entry set body = replace(body, 'amber', 'green') where tenant_id = 'acme' and seq = 13");
    refused(13, "entry 13 was changed");
  }

  @Test
  void missingEntry_thatIsNotSignedYet_isRefused() {
    log.append(ACME, 5);
    log.tamper("delete from audit_entry where tenant_id = 'acme' and seq = 12");
    refused(12, "entry 12 is missing");
  }

  @Test
  void changedEntry_longAfterItWasSigned_isFoundByTheWalk() {
    log.tamper("update audit_entry set seq = seq + 1000 where tenant_id = 'acme' and seq = 3");
    assertThat(node.verify(ACME)).isEqualTo(new Audit.Verification(2, 3, "entry 3 is missing"));
  }

  @Test
  void restart_overAChangedLog_isRefusedToo() throws IOException {
    node.close();
    log.rewriteAfter(ACME, 2);
    Checkpoints again = log.node();
    again.pass();
    assertThat(again.warnings()).hasSize(1);
    assertThat(log.last(ACME).size()).isEqualTo(SIGNED);

    Files.delete(log.folder.resolve("acme.tree"));
    Checkpoints blind = log.node();
    blind.pass();
    assertThat(blind.warnings()).hasSize(1);
    assertThat(log.last(ACME).size()).isEqualTo(SIGNED);
  }

  @Test
  void restoredLog_isSignedAgain() {
    log.tamper("update audit_entry set hash = sha256(hash) where tenant_id = 'acme' and seq = 10");
    node.advance(ACME);
    assertThat(node.warnings()).hasSize(1);
    // The refusal itself was chained to what the head says.
    assertThat(log.store.audit().list(log.store.database(), ACME, all(), 1).getFirst().type())
        .isEqualTo("audit.checkpoint_refused");
    log.tamper(
        """
        update audit_entry e set hash = sha256(p.hash || convert_to(e.body, 'UTF8'))
        from audit_entry p
        where e.tenant_id = 'acme' and e.seq = 10 and p.tenant_id = 'acme' and p.seq = 9
        """);
    node.advance(ACME);
    assertThat(node.warnings()).isEmpty();
    assertThat(log.last(ACME).size()).isEqualTo(SIGNED + 1);
  }

  private void refused(long seq, String problem) {
    byte[] before = files();
    node.pass();
    node.advance(ACME);

    assertThat(files()).isEqualTo(before);
    assertThat(node.warnings())
        .containsExactly("1 audit logs are not what was signed; no checkpoint is signed over them");
    List<Audit.Stored> told = log.store.audit().list(log.store.database(), ACME, refusals(), 10);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().body()).contains("\"first_bad_seq\":\"%d\"".formatted(seq), problem);
    assertThat(node.verify(ACME).firstBadSeq()).isEqualTo(seq);
    // The other tenant's log is as it was, and goes on.
    log.append(OTHER, 1);
    node.advance(OTHER);
    assertThat(log.last(OTHER).size()).isEqualTo(SIGNED + 1);
  }

  private byte[] files() {
    try {
      return Arrays.copyOf(Files.readAllBytes(log.folder.resolve("acme.txt")), 10_000);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Audit.Filter all() {
    return new Audit.Filter(null, null, null, Long.MAX_VALUE);
  }

  private static Audit.Filter refusals() {
    return new Audit.Filter("audit.checkpoint_refused", null, null, Long.MAX_VALUE);
  }
}
