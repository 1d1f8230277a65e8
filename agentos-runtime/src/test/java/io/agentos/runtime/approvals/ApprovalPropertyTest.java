package io.agentos.runtime.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Quorum;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
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
  private static TestStore store;
  private static Database otherPool;

  private final ApprovalCases cases = new ApprovalCases(store, otherPool);

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

  @Test
  void everySchedule_endsAsTheModelSays() {
    List<ApprovalCases.Node> nodes = cases.nodes();
    Map<String, Integer> seen = new TreeMap<>();
    for (int number = 0; number < TURNS_CASES; number++) {
      long seed = SEED + number;
      Random random = new Random(seed);
      Quorum quorum = ApprovalCases.quorum(random);
      ApprovalCases.Case asked = cases.ask(nodes.getFirst(), quorum);
      ApprovalModel model = new ApprovalModel(quorum, 1);
      StringBuilder story = new StringBuilder("seed " + seed + " " + quorum);
      for (int step = 0; step < STEPS_MAX; step++) {
        ApprovalCases.Node node = nodes.get(random.nextInt(nodes.size()));
        turn(random, node, asked, model, story, seen);
      }
      ApprovalView view = nodes.getFirst().approvals().one(TestStore.ACME, asked.id());
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
      ApprovalCases.Node node,
      ApprovalCases.Case asked,
      ApprovalModel model,
      StringBuilder story,
      Map<String, Integer> seen) {
    String expected;
    String came;
    int dice = random.nextInt(100);
    if (dice < 62) {
      Voter by = Panel.ALL.get(random.nextInt(Panel.ALL.size()));
      Say.Choice choice = ApprovalCases.choice(random);
      int amount = 1 + random.nextInt(3);
      boolean stale = random.nextInt(8) == 0;
      expected = model.decide(by, choice, amount, stale);
      came = ApprovalCases.decide(node, asked, by, choice, amount, stale);
      story.append("; ").append(by.id()).append(' ').append(choice).append(' ').append(amount);
    } else if (dice < 82) {
      expected = model.consume();
      came = ApprovalCases.consume(node, asked);
      story.append("; consume");
    } else if (dice < 92) {
      cases.makeSlaDue(asked);
      expected = "escalated " + model.escalate();
      came = "escalated " + node.escalations().sweep();
      story.append("; escalate");
    } else if (dice < 96) {
      cases.expire(asked);
      model.expire();
      expected = came = "expired";
      story.append("; expire");
    } else {
      cases.policyInForce = "after";
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
    List<ApprovalCases.Node> nodes = cases.nodes();
    int consumed = 0;
    for (int number = 0; number < RACES_CASES; number++) {
      long seed = SEED * 3 + number;
      Random random = new Random(seed);
      Quorum quorum = ApprovalCases.quorum(random);
      ApprovalCases.Case asked = cases.ask(nodes.getFirst(), quorum);
      List<Done> done = race(nodes, asked, random);
      consumed += check(done, quorum, asked, "seed %d %s %s".formatted(seed, quorum, done));
    }
    assertThat(consumed).isGreaterThan(RACES_CASES / 10);
  }

  private List<Done> race(List<ApprovalCases.Node> nodes, ApprovalCases.Case asked, Random random)
      throws InterruptedException {
    ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
    AtomicLong clock = new AtomicLong();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (ApprovalCases.Node node : nodes) {
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
    for (ApprovalCases.Node node : nodes) {
      long begun = clock.incrementAndGet();
      String came = ApprovalCases.consume(node, asked);
      done.add(new Done(begun, clock.incrementAndGet(), "consume", Panel.BOT, "", 0, came));
    }
    return List.copyOf(done);
  }

  private Done race(
      Random random, ApprovalCases.Node node, ApprovalCases.Case asked, AtomicLong clock) {
    int dice = random.nextInt(100);
    long begun = clock.incrementAndGet();
    if (dice < 70) {
      Voter by = Panel.ALL.get(random.nextInt(6));
      Say.Choice choice =
          random.nextInt(12) == 0 ? Say.Choice.REJECT : ApprovalCases.choiceOfYes(random);
      int amount = 1 + random.nextInt(2);
      ApprovalView shown = node.approvals().one(TestStore.ACME, asked.id());
      String came = ApprovalCases.decide(node, asked, by, choice, amount, shown.digest());
      String digest =
          choice == Say.Choice.EDIT
              ? ApprovalCases.bound(asked, shown).digest(ApprovalCases.amount(amount))
              : shown.digest();
      return new Done(begun, clock.incrementAndGet(), choice.name(), by, digest, amount, came);
    }
    if (dice < 90) {
      String came = ApprovalCases.consume(node, asked);
      return new Done(begun, clock.incrementAndGet(), "consume", Panel.BOT, "", 0, came);
    }
    if (dice < 98) {
      cases.makeSlaDue(asked);
      String came = "escalated " + node.escalations().sweep();
      return new Done(begun, clock.incrementAndGet(), "escalate", Panel.BOT, "", 0, came);
    }
    cases.expire(asked);
    return new Done(begun, clock.incrementAndGet(), "expire", Panel.BOT, "", 0, "expired");
  }

  /** Whether it ran; whatever order the nodes came in, only if it was allowed to. */
  private int check(List<Done> done, Quorum quorum, ApprovalCases.Case asked, String story) {
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
    ApprovalView view = cases.nodes().getFirst().approvals().one(TestStore.ACME, asked.id());
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
