package io.agentos.runtime.checkpoints;

import static io.agentos.runtime.TestStore.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.ProofCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A witness that keeps one checkpoint and takes only what is proven to follow it. */
final class WitnessTest {
  private final TestLog log = new TestLog();
  private final List<String> taken = new ArrayList<>();
  private ProofCheck.Head known = new ProofCheck.Head(0, io.agentos.runtime.merkle.Merkle.EMPTY);
  private boolean broken;
  private boolean moved;
  private final EgressRule listed = EgressRule.parse("http://127.0.0.1").orElseThrow();
  private HttpServer server;
  private Checkpoints node;
  private Witness witness;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add-checkpoint", this::answer);
    server.start();
    node = log.node();
    witness = another();
  }

  @AfterEach
  void close() {
    witness.close();
    server.stop(0);
    log.close();
  }

  @Test
  void checkpoints_areToldWithProofThatTheyFollow() throws InterruptedException {
    for (int i = 1; i <= 4; i++) {
      assertThat(tell(i * 3)).isTrue();
    }
    assertThat(taken).containsExactly("old 0", "old 3", "old 9", "old 18");
    assertThat(known.size()).isEqualTo(30);
  }

  @Test
  void restartedNode_learnsWhatTheWitnessKnows() throws InterruptedException {
    assertThat(tell(5)).isTrue();
    witness.close();
    witness = another();
    assertThat(tell(4)).isTrue();
    assertThat(taken).containsExactly("old 0", "old 0", "old 5");
    assertThat(known.size()).isEqualTo(9);
  }

  @Test
  void silentWitness_isToldLater_theNewestAlone() throws InterruptedException {
    broken = true;
    assertThat(tell(2)).isFalse();
    assertThat(witness.problem()).isEqualTo("the witness answered 500");
    assertThat(tell(2)).isFalse();
    broken = false;
    assertThat(witness.pass()).isTrue();
    assertThat(witness.problem()).isEmpty();
    assertThat(known.size()).isEqualTo(4);
  }

  @Test
  void witnessInside_thatIsNotListed_isNotCalled() throws InterruptedException {
    witness.close();
    URI url =
        URI.create("http://127.0.0.1:%d/add-checkpoint".formatted(server.getAddress().getPort()));
    witness = new Witness(url, log.folder, new EgressGuard(List.of()));

    assertThat(tell(2)).isFalse();

    assertThat(taken).isEmpty();
    assertThat(witness.problem())
        .isEqualTo(
            "the witness is not reached: Connections to 127.0.0.1, port %d, are refused: it leads to a loopback address. The operator can list it in egress.allow."
                .formatted(server.getAddress().getPort()));
  }

  @Test
  void redirect_isNotFollowed() throws InterruptedException {
    moved = true;

    assertThat(tell(2)).isFalse();

    assertThat(witness.problem()).isEqualTo("the witness answered 302");
    assertThat(taken).isEmpty();
  }

  private Witness another() {
    URI url =
        URI.create("http://127.0.0.1:%d/add-checkpoint".formatted(server.getAddress().getPort()));
    return new Witness(url, log.folder, new EgressGuard(List.of(listed)));
  }

  /** Adds entries, has them signed, and tells. */
  private boolean tell(int entries) throws InterruptedException {
    log.append(ACME, entries);
    node.advance(ACME).flatMap(Sequencer.Standing::note).ifPresent(n -> witness.tell(ACME, n));
    return witness.pass();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int note = body.indexOf("\n\n") + 2;
    List<String> head = body.substring(0, note).lines().filter(line -> !line.isEmpty()).toList();
    Checkpoint told = Checkpoint.of(body.substring(note)).orElseThrow();
    List<Hash> proof = head.stream().skip(1).map(Hash::parse).toList();
    if (broken) {
      reply(exchange, 500, "");
      return;
    }
    if (moved) {
      exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getPath());
      moved = false;
      reply(exchange, 302, "");
      return;
    }
    taken.add(head.getFirst());
    ProofCheck.Head newer = new ProofCheck.Head(told.size(), told.root());
    if (!head.getFirst().equals("old " + known.size())) {
      reply(exchange, 409, known.size() + "\n");
    } else if (known.size() > 0 && !ProofCheck.consistency(known, newer, proof)) {
      reply(exchange, 422, "");
    } else {
      known = newer;
      reply(exchange, 200, "");
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
