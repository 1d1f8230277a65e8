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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two nodes, many people, and a schedule by chance: what becomes of an approval is what the model
 * says, and in whatever way two nodes interleave, nothing runs that enough people did not say yes
 * to.
 */
final class ApprovalPropertyTest {
  private static final long SEED = 20_261_123;
  private static final int TURNS_CASES = 150;
  private static final int RACES_CASES = 80;
  private static final int STEPS_MAX = 14;
  private static final UUID LAST = new UUID(-1L, -1L);

  private static TestStore store;
  private static Database otherPool;

  private volatile String policyInForce = "";

  @BeforeAll
  static void open() {
    store = new TestStore();
    otherPool = new Database(store.settings());
  }

  @AfterAll
  static void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    otherPool.close();
    store.close();
  }

  /** One node: its own connections, its own parts. */
  private record Node(Approvals approvals, Escalations escalations) {}

  private List<Node> nodes() {
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
  private record Case(Question question, DirectDurable durable, ApprovalId id) {}

  private Case ask(Node node, Quorum quorum) {
    policyInForce = "before";
    Request request = Panel.task(store);
    Question question = Panel.question(request, Zone.RED, quorum, amount(1));
    DirectDurable durable = new DirectDurable(store, request.task());
    assertThat(answer(node, durable, question)).isNull();
    ApprovalView view =
        node.approvals.list(TestStore.ACME, null, request.task(), LAST, 2).getFirst();
    return new Case(question, durable, ApprovalId.parse(view.id()));
  }

  @Test
  void everySchedule_endsAsTheModelSays() {
    List<Node> nodes = nodes();
    Map<String, Integer> seen = new TreeMap<>();
    for (int number = 0; number < TURNS_CASES; number++) {
      long seed = SEED + number;
      Random random = new Random(seed);
      Quorum quorum = quorum(random);
      Case asked = ask(nodes.getFirst(), quorum);
      ApprovalModel model = new ApprovalModel(quorum, 1);
      StringBuilder story = new StringBuilder("seed " + seed + " " + quorum);
      for (int step = 0; step < STEPS_MAX; step++) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        turn(random, node, asked, model, story, seen);
      }
      ApprovalView view = nodes.getFirst().approvals.one(TestStore.ACME, asked.id);
      assertThat(view.state()).as(story.toString()).isEqualTo(model.state());
      assertThat(view.quorum().roles())
          .as(story.toString())
          .containsExactlyElementsOf(model.roles());
    }
    assertThat(seen.keySet())
        .contains(
            "consumed",
            "refused",
            "no",
            "waits",
            "approved",
            "edited",
            "rejected",
            "FORBIDDEN",
            "CONFLICT",
            "APPROVAL_EXPIRED",
            "DIGEST_MISMATCH",
            "escalated 1",
            "escalated 0");
  }

  private void turn(
      Random random,
      Node node,
      Case asked,
      ApprovalModel model,
      StringBuilder story,
      Map<String, Integer> seen) {
    String expected;
    String came;
    int dice = random.nextInt(100);
    if (dice < 62) {
      Voter by = Panel.ALL.get(random.nextInt(Panel.ALL.size()));
      Say.Choice choice = choice(random);
      int amount = 1 + random.nextInt(3);
      boolean stale = random.nextInt(8) == 0;
      expected = model.decide(by, choice, amount, stale);
      came = decide(node, asked, by, choice, amount, stale);
      story.append("; ").append(by.id()).append(' ').append(choice).append(' ').append(amount);
    } else if (dice < 82) {
      expected = model.consume();
      came = consume(node, asked);
      story.append("; consume");
    } else if (dice < 92) {
      makeSlaDue(asked);
      expected = "escalated " + model.escalate();
      came = "escalated " + node.escalations.sweep();
      story.append("; escalate");
    } else if (dice < 96) {
      expire(asked);
      model.expire();
      expected = came = "expired";
      story.append("; expire");
    } else {
      policyInForce = "after";
      model.changePolicies();
      expected = came = "policies changed";
      story.append("; policies");
    }
    assertThat(came).as(story.toString()).isEqualTo(expected);
    story.append(" -> ").append(came);
    seen.merge(came, 1, Integer::sum);
  }

  /** What one node did, between two ticks of one clock. */
  private record Done(
      long begun, long ended, String what, Voter by, String digest, int amount, String came) {}

  @Test
  void everyRace_runsOnlyWhatEnoughPeopleSaidYesTo() throws InterruptedException {
    List<Node> nodes = nodes();
    int consumed = 0;
    for (int number = 0; number < RACES_CASES; number++) {
      long seed = SEED * 3 + number;
      Random random = new Random(seed);
      Quorum quorum = quorum(random);
      Case asked = ask(nodes.getFirst(), quorum);
      List<Done> done = race(nodes, asked, random);
      consumed += check(done, quorum, asked, "seed %d %s %s".formatted(seed, quorum, done));
    }
    assertThat(consumed).isGreaterThan(RACES_CASES / 10);
  }

  private List<Done> race(List<Node> nodes, Case asked, Random random) throws InterruptedException {
    ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
    AtomicLong clock = new AtomicLong();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Node node : nodes) {
      Random own = new Random(random.nextLong());
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                await(go);
                for (int step = 0; step < STEPS_MAX; step++) {
                  done.add(race(own, node, asked, clock));
                }
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    for (Node node : nodes) {
      long begun = clock.incrementAndGet();
      String came = consume(node, asked);
      done.add(new Done(begun, clock.incrementAndGet(), "consume", Panel.BOT, "", 0, came));
    }
    return List.copyOf(done);
  }

  private Done race(Random random, Node node, Case asked, AtomicLong clock) {
    int dice = random.nextInt(100);
    long begun = clock.incrementAndGet();
    if (dice < 70) {
      Voter by = Panel.ALL.get(random.nextInt(6));
      Say.Choice choice = random.nextInt(12) == 0 ? Say.Choice.REJECT : choiceOfYes(random);
      int amount = 1 + random.nextInt(2);
      ApprovalView shown = node.approvals.one(TestStore.ACME, asked.id);
      String came = decide(node, asked, by, choice, amount, shown.digest());
      String digest =
          choice == Say.Choice.EDIT ? bound(asked, shown).digest(amount(amount)) : shown.digest();
      return new Done(begun, clock.incrementAndGet(), choice.name(), by, digest, amount, came);
    }
    if (dice < 90) {
      String came = consume(node, asked);
      return new Done(begun, clock.incrementAndGet(), "consume", Panel.BOT, "", 0, came);
    }
    if (dice < 98) {
      makeSlaDue(asked);
      String came = "escalated " + node.escalations.sweep();
      return new Done(begun, clock.incrementAndGet(), "escalate", Panel.BOT, "", 0, came);
    }
    expire(asked);
    return new Done(begun, clock.incrementAndGet(), "expire", Panel.BOT, "", 0, "expired");
  }

  /** Whether it ran; whatever order the nodes came in, only if it was allowed to. */
  private int check(List<Done> done, Quorum quorum, Case asked, String story) {
    List<Done> runs = done.stream().filter(each -> each.came.equals("consumed")).toList();
    assertThat(runs.size()).as(story).isLessThanOrEqualTo(1);
    Set<String> yesWords = Set.of("pending", "approved", "edited");
    for (Done each : done) {
      boolean entitled = each.by.mayDecide() && !each.by.id().equals("key:asker");
      if (!entitled && !each.what.matches("consume|escalate|expire")) {
        assertThat(each.came).as(story).isEqualTo("FORBIDDEN");
      }
      for (Done before : done) {
        if (before.what.equals("expire") && before.ended < each.begun) {
          assertThat(each.came).as(story).isNotIn("consumed", "approved", "edited", "escalated 1");
        }
        if (before.what.equals("REJECT") && before.came.equals("rejected")) {
          assertThat(each.came).as(story).isNotIn("consumed", "approved", "edited");
        }
      }
    }
    if (runs.isEmpty()) {
      return 0;
    }
    ApprovalView view = nodes().getFirst().approvals.one(TestStore.ACME, asked.id);
    assertThat(view.state()).as(story).isEqualTo("consumed");
    Map<String, Set<String>> people = new HashMap<>();
    for (Done each : done) {
      if (yesWords.contains(each.came) && each.what.matches("APPROVE|EDIT")) {
        people.computeIfAbsent(each.digest, _ -> new HashSet<>()).add(each.by.id());
      }
    }
    assertThat(people.getOrDefault(view.digest(), Set.of()).size())
        .as(story)
        .isGreaterThanOrEqualTo(quorum.approvers());
    assertThat(view.quorum().given()).as(story).isGreaterThanOrEqualTo(quorum.approvers());
    return 1;
  }

  private static Question.Bound bound(Case asked, ApprovalView shown) {
    return asked.question.bound(shown.versions().policyInForce(), shown.expiresAt());
  }

  private static Quorum quorum(Random random) {
    List<List<String>> roles =
        List.of(
            List.of(),
            List.of("approver"),
            List.of("operator"),
            List.of("admin"),
            List.of("admin", "approver"));
    return new Quorum(1 + random.nextInt(3), roles.get(random.nextInt(roles.size())));
  }

  private static Say.Choice choice(Random random) {
    int dice = random.nextInt(10);
    return dice == 0 ? Say.Choice.REJECT : choiceOfYes(random);
  }

  private static Say.Choice choiceOfYes(Random random) {
    return random.nextInt(5) == 0 ? Say.Choice.EDIT : Say.Choice.APPROVE;
  }

  private static Map<String, @Nullable Object> amount(int amount) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("amount", amount);
    return arguments;
  }

  private static String decide(
      Node node, Case asked, Voter by, Say.Choice choice, int amount, boolean stale) {
    String shown = node.approvals.one(TestStore.ACME, asked.id).digest();
    return decide(node, asked, by, choice, amount, stale ? "0".repeat(64) : shown);
  }

  private static String decide(
      Node node, Case asked, Voter by, Say.Choice choice, int amount, String digest) {
    Say say = new Say(choice, choice == Say.Choice.EDIT ? amount(amount) : null, "", digest);
    try {
      return node.approvals.decide(TestStore.ACME, asked.id, say, by).state();
    } catch (AgentOsException e) {
      return e.code().name();
    }
  }

  /** What a node meets that has the task and wants to act. */
  private static String consume(Node node, Case asked) {
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

  private static Approvals.@Nullable Answer answer(
      Node node, DirectDurable durable, Question question) {
    try {
      return node.approvals.ask(durable, question);
    } catch (DirectDurable.Waiting e) {
      return null;
    }
  }

  private static void makeSlaDue(Case asked) {
    Panel.pastEveryRule(
        store,
        "update approval set escalate_at = now() - interval '1 second' where approval_id = '%s'"
            .formatted(asked.id.value()));
  }

  private static void expire(Case asked) {
    Panel.pastEveryRule(
        store,
        "update approval set expires_at = now() - interval '1 millisecond' where approval_id = '%s'"
            .formatted(asked.id.value()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
