package io.agentos.runtime.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.Decision;
import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions put to two nodes, and all that may become of them. */
final class ApprovalCases {
  static final UUID LAST = new UUID(-1L, -1L);

  private final TestStore store;
  private final Database otherPool;
  volatile String policyInForce = "";

  ApprovalCases(TestStore store, Database otherPool) {
    this.store = store;
    this.otherPool = otherPool;
  }

  /** One node: its own connections, its own parts. */
  record Node(Approvals approvals, Escalations escalations) {}

  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    for (Database database : List.of(store.database(), otherPool)) {
      Approvals approvals =
          new Approvals(
              database,
              new StateStore(database, store.keys()),
              store.audit(),
              InstantSource.system(),
              _ -> policyInForce);
      nodes.add(new Node(approvals, new Escalations(database, store.audit())));
    }
    return nodes;
  }

  /** One question under test. */
  record Case(Question question, DirectDurable durable, ApprovalId id) {}

  Case ask(Node node, Quorum quorum) {
    policyInForce = "before";
    Request request = Panel.task(store);
    Question question = Panel.question(request, Zone.RED, quorum, amount(1));
    DirectDurable durable = new DirectDurable(store, request.task());
    assertThat(answer(node, durable, question)).isNull();
    ApprovalView view =
        node.approvals.list(TestStore.ACME, null, request.task(), LAST, 2).getFirst();
    return new Case(question, durable, ApprovalId.parse(view.id()));
  }

  static Question.Bound bound(Case asked, ApprovalView shown) {
    return asked.question.bound(shown.versions().policyInForce(), shown.expiresAt());
  }

  static Quorum quorum(Random random) {
    List<List<String>> roles =
        List.of(
            List.of(),
            List.of("approver"),
            List.of("operator"),
            List.of("admin"),
            List.of("admin", "approver"));
    return new Quorum(1 + random.nextInt(3), roles.get(random.nextInt(roles.size())));
  }

  static Say.Choice choice(Random random) {
    int dice = random.nextInt(10);
    return dice == 0 ? Say.Choice.REJECT : choiceOfYes(random);
  }

  static Say.Choice choiceOfYes(Random random) {
    return random.nextInt(5) == 0 ? Say.Choice.EDIT : Say.Choice.APPROVE;
  }

  static Map<String, @Nullable Object> amount(int amount) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("amount", amount);
    return arguments;
  }

  static String decide(
      Node node, Case asked, Voter by, Say.Choice choice, int amount, boolean stale) {
    String shown = node.approvals.one(TestStore.ACME, asked.id).digest();
    return decide(node, asked, by, choice, amount, stale ? "0".repeat(64) : shown);
  }

  static String decide(
      Node node, Case asked, Voter by, Say.Choice choice, int amount, String digest) {
    Say say = new Say(choice, choice == Say.Choice.EDIT ? amount(amount) : null, "", digest);
    try {
      return node.approvals.decide(TestStore.ACME, asked.id, say, by).state();
    } catch (AgentOsException e) {
      return e.code().name();
    }
  }

  /** What a node meets that has the task and wants to act. */
  static String consume(Node node, Case asked) {
    Approvals.Answer answer = answer(node, asked.durable, asked.question);
    if (answer == null) {
      return "waits";
    }
    Map<String, @Nullable Object> arguments =
        switch (answer.decision()) {
          case Decision.Approved _ -> asked.question.call().arguments();
          case Decision.Edited edited -> edited.arguments();
          case Decision.Rejected _, Decision.Expired _, Decision.Superseded _ -> null;
        };
    if (arguments == null) {
      return "no";
    }
    try {
      asked.durable.commit(node.approvals.consume(answer, arguments), List.of());
      return "consumed";
    } catch (AgentOsException e) {
      node.approvals.refused(asked.durable, answer, arguments);
      return "refused";
    }
  }

  static Approvals.@Nullable Answer answer(Node node, DirectDurable durable, Question question) {
    try {
      return node.approvals.ask(durable, question);
    } catch (DirectDurable.Waiting e) {
      return null;
    }
  }

  void makeSlaDue(Case asked) {
    Panel.pastEveryRule(
        store,
        "update approval set escalate_at = now() - interval '1 second' where approval_id = '%s'"
            .formatted(asked.id.value()));
  }

  void expire(Case asked) {
    Panel.pastEveryRule(
        store,
        "update approval set expires_at = now() - interval '1 millisecond' where approval_id = '%s'"
            .formatted(asked.id.value()));
  }
}
