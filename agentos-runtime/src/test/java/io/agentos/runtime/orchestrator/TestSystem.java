package io.agentos.runtime.orchestrator;

import io.agentos.api.ApprovalId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.budgets.ToolSpending;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.durable.Journal;
import io.agentos.runtime.durable.NodeIdentity;
import io.agentos.runtime.durable.PostgresJournal;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.durable.Worker;
import io.agentos.runtime.durable.WorkerSettings;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.gates.SecretGate;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.intake.ChildTasks;
import io.agentos.runtime.intake.Intake;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.packs.AgentPack;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.PolicyLoader;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.routing.TaskRouter;
import io.agentos.runtime.secrets.SecretAccess;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.spi.Gate;
import io.agentos.spi.ModelProvider;
import io.agentos.spi.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole runtime on a test store and a scripted outside world; may be killed and started anew.
 */
final class TestSystem {
  static final String REQUESTER = "key:requester";
  static final Voter APPROVER = Voter.person("key:approver", Role.APPROVER);
  private static final Path RESOURCES = Path.of("src/test/resources/crash");
  private static final UUID NEWEST = new UUID(-1L, -1L);

  private final TestStore store;
  private final StateStore stateStore;
  private final Approvals approvals;
  private final Orchestrator orchestrator;
  private final Intake intake;
  private final PackShelf shelf;
  private final TaskFeed feed = new TaskFeed();

  TestSystem(TestStore store, Shop shop) {
    this(store, shop, null, List.of(), () -> "");
  }

  /** The same within budgets. */
  TestSystem(TestStore store, Shop shop, @Nullable Budgets budgets) {
    this(store, shop, budgets, List.of(), () -> "");
  }

  /** With more gates, and policies that can change. */
  TestSystem(
      TestStore store,
      Shop shop,
      @Nullable Budgets budgets,
      List<Gate> gates,
      Supplier<String> policyInForce) {
    this(store, usual(shop, RESOURCES.resolve("policies")), budgets, gates(gates), policyInForce);
  }

  /** The usual world under other policies. */
  static World usual(Shop shop, Path policies) {
    return new World(
        shop.tools(), shop.model(), PackLoader.load(RESOURCES.resolve("packs")), policies);
  }

  private static List<Gate> gates(List<Gate> more) {
    return Stream.concat(Stream.of(new SecretGate()), more.stream()).toList();
  }

  /** What stands around the runtime. */
  record World(List<Tool> tools, ModelProvider model, List<PackDefinition> packs, Path policies) {}

  /** On another world, with gates of its own. */
  TestSystem(
      TestStore store,
      World world,
      @Nullable Budgets budgets,
      List<Gate> gates,
      Supplier<String> policyInForce) {
    InstantSource clock = InstantSource.system();
    this.store = store;
    this.stateStore = new StateStore(store.database(), store.keys());
    this.approvals =
        new Approvals(store.database(), stateStore, store.audit(), clock, _ -> policyInForce.get());
    Policies policy = new Policies(store.database(), PolicyLoader.load(world.policies()), clock);
    this.intake = new Intake(stateStore, store.audit(), Orchestrator.VERSION);
    this.shelf = new PackShelf(store.database(), store.audit(), world.packs());
    AgentPack pack =
        new AgentPack(
            new ToolsRegistry(world.tools()),
            policy,
            new Gates(gates),
            approvals,
            new ToolSpending(budgets),
            new ModelRouter(
                List.of(new ConfiguredProvider(world.model(), "scripted-1")),
                Map.of(),
                List.of(),
                Catalogue.EMPTY.with(
                    "scripted", "scripted-1", new ExplicitPrice(1_000_000, 0, 2_000_000)),
                policy,
                store.database(),
                store.keys(),
                budgets,
                Privacy.ofDefaults(),
                clock),
            new ChildTasks(store.database(), stateStore, intake),
            shelf,
            new SecretAccess(store.database(), store.vault()));
    this.orchestrator =
        new Orchestrator(policy, new TaskRouter(), pack, approvals, stateStore, shelf);
  }

  /** One node: its worker and the journal it writes. */
  record Node(Worker worker, PostgresJournal journal) implements AutoCloseable {
    @Override
    public void close() {
      worker.close();
      journal.close();
    }
  }

  /** Starts a process; {@code around} may stand between its worker and the journal. */
  Node start(UnaryOperator<Journal> around) {
    NodeIdentity node = new NodeIdentity();
    PostgresJournal journal = new PostgresJournal(store.database(), store.audit(), node, feed);
    WorkerSettings settings = new WorkerSettings("test", 100, Duration.ofMinutes(5), 5);
    Worker worker =
        new Worker(
            store.database(),
            store.keys(),
            around.apply(journal),
            node,
            settings,
            List.of(orchestrator),
            InstantSource.system());
    worker.start();
    return new Node(worker, journal);
  }

  StateStore stateStore() {
    return stateStore;
  }

  Approvals approvals() {
    return approvals;
  }

  PackShelf shelf() {
    return shelf;
  }

  Intake intake() {
    return intake;
  }

  TaskId submit(String agent) {
    return submit(agent, REQUESTER, null);
  }

  TaskId submit(String agent, String principal, @Nullable TaskId parent) {
    return submit(agent, principal, "Serve the order.", parent);
  }

  TaskId submit(String agent, String principal, String text, @Nullable TaskId parent) {
    return submit(agent, principal, new TaskInput.Text(text), parent);
  }

  TaskId submit(String agent, String principal, TaskInput input, @Nullable TaskId parent) {
    TaskId task = TaskId.next();
    Request request =
        new Request(
            TestStore.ACME,
            task,
            principal,
            new Request.Target(null, agent, null),
            input,
            5,
            null,
            null,
            Map.of(),
            parent);
    store.database().inTenantDo(TestStore.ACME, tx -> intake.accept(tx, request, null));
    return task;
  }

  TaskView task(TaskId task) {
    return stateStore.task(TestStore.ACME, task);
  }

  /** What the task asks people now. */
  List<ApprovalView> pending(TaskId task) {
    return approvals.list(TestStore.ACME, "pending", task, NEWEST, 10);
  }

  /** Says yes to all that the task asks now. */
  void approve(TaskId task) {
    decide(task, Say.Choice.APPROVE);
  }

  /** Says the same to all that the task asks now, and gives what that was. */
  List<ApprovalView> decide(TaskId task, Say.Choice choice) {
    List<ApprovalView> asked = pending(task);
    for (ApprovalView pending : asked) {
      Say say = new Say(choice, null, "", pending.digest());
      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx ->
                  approvals.decide(
                      tx, TestStore.ACME, ApprovalId.parse(pending.id()), say, APPROVER));
    }
    return asked;
  }

  /** Waits, approving what is asked, until {@code enough} of the task or the bound is reached. */
  TaskView await(TaskId task, java.util.function.Predicate<TaskView> enough) {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (TaskFeed.Follower follower = feed.follow(task)) {
      while (System.nanoTime() < until) {
        TaskView view = task(task);
        if (enough.test(view)) {
          return view;
        }
        follower.await(Duration.ofMillis(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("not reached: " + task(task));
  }

  /** Waits until the task has ended, saying yes to whatever it asks. */
  TaskView endedWithApprovals(TaskId task) {
    return await(
        task,
        view -> {
          if (view.state().equals("waiting")) {
            approve(task);
          }
          return view.endedAt() != null;
        });
  }
}
