package io.agentos.server;

import io.agentos.api.TenantId;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Escalations;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.budgets.ToolSpending;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.durable.NodeIdentity;
import io.agentos.runtime.durable.PostgresJournal;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.durable.Worker;
import io.agentos.runtime.durable.WorkerSettings;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.idempotency.Idempotency;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.intake.ChildTasks;
import io.agentos.runtime.intake.Intake;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.killswitch.KillTriggers;
import io.agentos.runtime.killswitch.TriggerLoop;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.orchestrator.ModelAvailability;
import io.agentos.runtime.orchestrator.Orchestrator;
import io.agentos.runtime.packs.AgentPack;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.retention.Retention;
import io.agentos.runtime.retention.RetentionLoop;
import io.agentos.runtime.routing.TaskRouter;
import io.agentos.runtime.secrets.KnownSecrets;
import io.agentos.runtime.secrets.SecretAccess;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.sinks.AuditSinks;
import io.agentos.runtime.state.Eraser;
import io.agentos.runtime.state.Erasures;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.MasterKeyRotation;
import io.agentos.runtime.vault.RotationLoop;
import io.agentos.runtime.vault.Vault;
import io.agentos.runtime.webhooks.Webhooks;
import io.agentos.server.cli.RunningServer;
import io.agentos.server.config.BuiltIn;
import io.agentos.server.config.Config;
import io.agentos.server.http.HttpApi;
import io.agentos.server.http.HttpServices;
import io.agentos.server.http.HttpSettings;
import io.agentos.server.http.People;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A running AgentOS: every part is made here, top to bottom, and closed in reverse.
 *
 * <p>Thread-safe.
 */
public final class AgentOs implements RunningServer {
  private static final int ATTEMPTS_MAX = 5;

  private final Closing closing;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpApi api;
  private final FirstUser firstUser;
  private final Config config;

  private AgentOs(Config config, Closing closing) {
    this.config = config;
    this.closing = closing;
    InstantSource clock = InstantSource.system();

    Recordings recordings = Recordings.of(config);
    DataDirectory data = closing.add(DataDirectory.lock(config.data()));
    BuiltIn builtIn = closing.add(BuiltIn.open(System.getenv()));
    Definitions definitions = Definitions.load(config, builtIn, recordings);
    Storage storage = closing.add(Storage.open(config, data));
    Database database = storage.database();

    Audit audit = new Audit(clock);
    Vault vault = data.vault(config.vault());
    List<Supplier<List<String>>> warnings = new ArrayList<>();
    if (config.vault().previousMasterKey().isPresent()) {
      warnings.add(rotation(database, vault)::warnings);
    }
    DataKeys dataKeys = new DataKeys(vault);
    EgressGuard egress = new EgressGuard(config.egress().allow());
    Checkpoints checkpoints =
        closing.add(new Checkpoints(database, audit, AuditParts.checkpoints(config, data), egress));
    Identity identity = new Identity(database, audit);
    identity.createTenant(TenantId.DEFAULT);
    data.ensureAdminKey(identity);
    People people = Accounts.of(config, database, identity, audit, vault);
    this.firstUser = new FirstUser(database, people);

    StateStore stateStore = new StateStore(database, dataKeys);
    Policies policies = new Policies(database, definitions.policies(), clock);
    Approvals approvals =
        new Approvals(database, stateStore, audit, clock, policies::currentVersion);
    closing.add(new Escalations(database, audit)).start();
    closing.add(new Eraser(new Erasures(database, stateStore, audit))).start();
    KillSwitches killSwitches = new KillSwitches(database, audit);

    Tools tools =
        closing.add(
            Tools.of(config, data, definitions.packs(), egress, new McpAudit(database, audit)));
    Providers providers = closing.add(Providers.of(config, recordings));
    ToolsRegistry toolsRegistry = new ToolsRegistry(tools.all(), egress);
    Budgets budgets = closing.add(new Budgets(database, audit));
    Privacy privacy = new Privacy(database, vault, new KnownSecrets(database, vault)::of);
    ModelRouter modelRouter =
        new ModelRouter(
            providers.configured(),
            providers.missing(),
            definitions.agentsWithoutModel(),
            definitions.catalogue(),
            policies,
            database,
            dataKeys,
            budgets,
            privacy,
            clock);

    PackShelf shelf = new PackShelf(database, audit, definitions.packs());
    closing
        .add(
            new PackReload(
                definitions,
                () -> Definitions.load(config, builtIn, recordings),
                Definitions.packFolders(config, builtIn),
                shelf::replace))
        .start();
    Intake intake = new Intake(stateStore, audit, Orchestrator.VERSION);
    Gates gates = new Gates(List.of(), clock);
    ToolSpending toolSpending = new ToolSpending(budgets);
    AgentPack agentPack =
        new AgentPack(
            toolsRegistry,
            policies,
            gates,
            approvals,
            toolSpending,
            modelRouter,
            new ChildTasks(database, stateStore, intake),
            shelf,
            new SecretAccess(database, vault));
    TaskRouter taskRouter = new TaskRouter(new ModelAvailability(modelRouter));
    Orchestrator orchestrator =
        new Orchestrator(
            policies,
            taskRouter,
            agentPack,
            approvals,
            stateStore,
            shelf,
            List.of(definitions.directCalls(toolsRegistry.specs())));

    TaskFeed feed = new TaskFeed();
    NodeIdentity node = new NodeIdentity();
    PostgresJournal journal = closing.add(new PostgresJournal(database, audit, node, feed));
    WorkerSettings settings =
        new WorkerSettings(
            data.instance(), config.worker().tasksMax(), config.worker().lease(), ATTEMPTS_MAX);
    Worker worker =
        closing.add(
            new Worker(database, dataKeys, journal, node, settings, List.of(orchestrator), clock));
    worker.start();
    checkpoints.start();
    AuditSinks sinks = closing.add(AuditParts.sinks(config, database, closing));
    sinks.start();
    warnings.add(sinks::warnings);
    KillTriggers.Settings triggers = config.killTriggers();
    closing.add(new TriggerLoop(new KillTriggers(database, audit, triggers), triggers));
    Retention retention = new Retention(database, audit);
    closing.add(new RetentionLoop(retention.pruner())).start();

    Webhooks webhooks =
        closing.add(
            new Webhooks(
                database, audit, vault, egress, (tx, request) -> intake.accept(tx, request, null)));
    webhooks.start();

    HttpServices services =
        new HttpServices(
            database,
            stateStore,
            approvals,
            killSwitches,
            audit,
            checkpoints,
            new Idempotency(database, dataKeys),
            identity,
            people,
            feed,
            policies,
            privacy,
            new Secrets(database, vault, audit),
            new Holds(database, vault, dataKeys, audit),
            retention,
            webhooks,
            shelf,
            new ServerCatalog(
                shelf, definitions.catalogue(), toolsRegistry, modelRouter, taskRouter, providers),
            intake::accept,
            new ServerReadiness(storage, warnings),
            clock);
    this.api =
        closing.add(
            new HttpApi(
                services,
                new HttpSettings(
                    config.server().host(),
                    config.server().port(),
                    config.server().publicUrlOrNull(),
                    config.server().proxies())));
    api.start();
    closing.add(data.announce(url()));
  }

  /**
   * Starts everything and returns when requests are answered. What was started is stopped again
   * when a later part fails.
   */
  public static AgentOs start(Config config) {
    Closing closing = new Closing();
    boolean started = false;
    try {
      AgentOs agentOs = new AgentOs(config, closing);
      started = true;
      return agentOs;
    } finally {
      if (!started) {
        closing.close();
      }
    }
  }

  @Override
  public URI url() {
    return URI.create("http://%s:%d".formatted(config.server().host(), api.port()));
  }

  @Override
  public Optional<URI> signInLink() {
    URI shown =
        config.server().publicUrlOrNull() == null ? url() : config.server().publicUrlOrNull();
    return firstUser.link().map(path -> shown.resolve(path));
  }

  @Override
  public void awaitShutdown() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    closing.close();
    closed.countDown();
  }

  /** Tenants' keys are under the new master key before anything reads them; the rest follows. */
  private RotationLoop rotation(Database database, Vault vault) {
    MasterKeyRotation rotation = new MasterKeyRotation(database, vault);
    var _ = rotation.tenantKeys();
    RotationLoop loop = closing.add(new RotationLoop(rotation));
    loop.start();
    return loop;
  }
}
