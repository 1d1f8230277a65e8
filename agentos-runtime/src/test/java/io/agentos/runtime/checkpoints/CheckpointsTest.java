package io.agentos.runtime.checkpoints;

import static io.agentos.runtime.TestStore.ACME;
import static io.agentos.runtime.TestStore.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.merkle.Frontier;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.ProofCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is signed, what is not, and that a node goes on where it stopped. */
final class CheckpointsTest {
  private final TestLog log = new TestLog();
  private final Checkpoints node = log.node();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void checkpoint_isOverTheStoredEntries() {
    log.append(ACME, 7);
    node.pass();

    List<LogRow> rows = LogRow.from(log.store.database(), ACME, 1, 100);
    Frontier tree = new Frontier();
    rows.forEach(row -> tree.append(row.leaf()));
    assertThat(log.last(ACME)).isEqualTo(new Checkpoint("test.example/acme", 7, tree.root()));
    List<Checkpoints.View> listed = node.list(ACME, Checkpoints.Place.NEWEST, 10);
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().root()).isEqualTo(tree.root().toString());
    assertThat(listed.getFirst().key()).isEqualTo(node.verifier(ACME));
    assertThat(node.verify(ACME)).isEqualTo(new Audit.Verification(7, 0, ""));
  }

  @Test
  void proofs_leadFromEveryEntryToTheCheckpoint() {
    log.append(ACME, 21);
    node.pass();
    try (Proven proven = node.proven(ACME).orElseThrow()) {
      ProofCheck.Head head = new ProofCheck.Head(21, log.last(ACME).root());
      for (LogRow row : LogRow.from(log.store.database(), ACME, 1, 100)) {
        List<Hash> proof = proven.inclusion(row.seq()).stream().map(Hash::parse).toList();
        assertThat(ProofCheck.inclusion(row.leaf(), row.seq() - 1, head, proof)).isTrue();
      }
    }
  }

  @Test
  void pass_withoutNews_signsNothing() throws IOException {
    log.append(ACME, 3);
    node.pass();
    long before = Files.size(log.folder.resolve("acme.txt"));
    node.pass();
    assertThat(Files.size(log.folder.resolve("acme.txt"))).isEqualTo(before);
  }

  @Test
  void restart_goesOnWhereItStopped() {
    log.append(ACME, 5);
    node.pass();
    node.close();
    log.append(ACME, 4);
    Checkpoints again = log.node();
    again.pass();
    assertThat(log.last(ACME).size()).isEqualTo(9);
    assertThat(again.verify(ACME).intact()).isTrue();
    assertThat(again.warnings()).isEmpty();
  }

  /** A crash leaves hashes that were not signed, and half a note. */
  @Test
  void crash_betweenHashesAndCheckpoint_isForgotten() throws IOException {
    log.append(ACME, 5);
    node.pass();
    node.close();
    String whole = Files.readString(log.folder.resolve("acme.txt"));
    Files.write(log.folder.resolve("acme.tree"), new byte[75], StandardOpenOption.APPEND);
    byte[] torn = whole.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int cut = 1; cut < torn.length; cut++) {
      Files.write(log.folder.resolve("acme.txt"), torn, StandardOpenOption.TRUNCATE_EXISTING);
      Files.write(
          log.folder.resolve("acme.txt"),
          java.util.Arrays.copyOf(torn, cut),
          StandardOpenOption.APPEND);
      assertThat(log.last(ACME).size()).isEqualTo(5);
    }
    log.append(ACME, 2);
    Checkpoints again = log.node();
    again.pass();
    assertThat(log.last(ACME).size()).isEqualTo(7);
    assertThat(Files.readString(log.folder.resolve("acme.txt"))).startsWith(whole);
    assertThat(again.verify(ACME).intact()).isTrue();
  }

  @Test
  void lostHashes_areMadeAgainFromTheLog() throws IOException {
    log.append(ACME, 12);
    node.pass();
    node.close();
    Path tree = log.folder.resolve("acme.tree");
    byte[] before = Files.readAllBytes(tree);
    Files.delete(tree);
    log.node().pass();
    assertThat(Files.readAllBytes(tree)).isEqualTo(before);
    before[5] ^= 1;
    Files.write(tree, before);
    log.append(ACME, 1);
    Checkpoints again = log.node();
    again.pass();
    assertThat(log.last(ACME).size()).isEqualTo(13);
    assertThat(again.verify(ACME).intact()).isTrue();
  }

  @Test
  void otherKey_signsNothingOverTheFilesOfTheFirst() {
    log.append(ACME, 2);
    node.pass();
    node.close();
    log.append(ACME, 2);
    Checkpoints other = log.node(log.folder, SigningKey.random(), null);
    other.pass();
    assertThat(log.last(ACME).size()).isEqualTo(2);
    assertThat(other.warnings())
        .containsExactly("1 audit logs are not what was signed; no checkpoint is signed over them");
  }

  @Test
  void tenants_haveLogsOfTheirOwn() {
    log.append(ACME, 3);
    log.append(OTHER, 4);
    node.pass();
    assertThat(log.last(ACME).size()).isEqualTo(3);
    assertThat(log.last(OTHER).size()).isEqualTo(4);
    assertThat(log.last(OTHER).origin()).isEqualTo("test.example/other");
    assertThat(node.list(ACME, Checkpoints.Place.NEWEST, 10)).hasSize(1);
    assertThat(node.verifier(ACME)).isNotEqualTo(node.verifier(OTHER));
  }

  @Test
  void nodes_signTheSameTreeEachWithItsKey(@TempDir Path elsewhere) throws IOException {
    Checkpoints second = log.node(elsewhere, SigningKey.random(), null);
    log.append(ACME, 6);
    node.pass();
    second.pass();
    log.append(ACME, 6);
    second.pass();
    node.pass();
    List<Checkpoints.View> listed = node.list(ACME, Checkpoints.Place.NEWEST, 10);
    assertThat(listed).extracting(Checkpoints.View::size).containsExactly(12L, 12L, 6L, 6L);
    assertThat(listed.get(0).root()).isEqualTo(listed.get(1).root());
    assertThat(listed.get(0).key()).isNotEqualTo(listed.get(1).key());
    Checkpoints.View first = listed.getFirst();
    assertThat(node.list(ACME, new Checkpoints.Place(first.size(), first.key()), 10))
        .isEqualTo(listed.subList(1, 4));
  }

  @Test
  void auditor_readsTheLogAndAddsCheckpoints_andNothingElse() {
    log.append(ACME, 1);
    for (String forbidden :
        List.of(
            "select tenant_id from task",
            "select tenant_id from api_key",
            "update chain_head set seq = 0",
            "delete from audit_entry",
            "delete from audit_checkpoint",
            "insert into audit_entry select * from audit_entry")) {
      assertThatThrownBy(() -> log.store.database().inAuditor(tx -> tx.update(forbidden)))
          .as(forbidden)
          .isInstanceOf(AgentOsException.class)
          .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    }
  }
}
