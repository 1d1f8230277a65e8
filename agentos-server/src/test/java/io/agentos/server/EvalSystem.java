package io.agentos.server;

import io.agentos.api.TenantId;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.budgets.ToolSpending;
import io.agentos.runtime.catalogue.CatalogueLoader;
import io.agentos.runtime.definitions.EvalDefinition;
import io.agentos.runtime.definitions.EvalLoader;
import io.agentos.runtime.definitions.GateLoader;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.durable.NodeIdentity;
import io.agentos.runtime.durable.PostgresJournal;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.durable.Worker;
import io.agentos.runtime.durable.WorkerSettings;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.gates.Gates;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.intake.ChildTasks;
import io.agentos.runtime.intake.Intake;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.orchestrator.Orchestrator;
import io.agentos.runtime.packs.AgentPack;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.PolicyLoader;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.routing.TaskRouter;
import io.agentos.runtime.secrets.SecretAccess;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader;
import io.agentos.server.config.ConfigLoader.Flag;
import io.agentos.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AgentOS as it is installed (its packs, gates, policies, prices and tools) on a test database,
 * with models that play golden tasks.
 */
final class EvalSystem implements AutoCloseable {
  private static final Path ROOT = SourceTree.root();
  private static final Map<String, String> MODELS =
      Map.of(
          "anthropic", "claude-haiku-5-5",
          "openai", "gpt-6-luna",
          "gemini", "gemini-3.8-flash",
          "deepseek", "deepseek-flash");

  private final Closing closing = new Closing();
  private final Map<TenantId, Map<String, List<EvalDefinition.Turn>>> scripts =
      new ConcurrentHashMap<>();
  private final List<PackDefinition> packs =
      PackLoader.load(ROOT.resolve("packs"), GateLoader.load(List.of(ROOT.resolve("gates"))));
  private final TaskFeed feed = new TaskFeed();
  private final Path folder;
  private final Database database;
  private final Identity identity;
  private final StateStore stateStore;
  private final Approvals approvals;
  private final Intake intake;

  /**
   * Starts it.
   *
   * @param folder for its data and what tools may read
   */
  EvalSystem(Path folder) {
    this.folder = folder;
    InstantSource clock = InstantSource.system();
    TestPostgres.TestDatabase place = TestPostgres.create();
    Migrations.migrate(
        new DatabaseSettings(place.jdbcUrl(), place.user(), place.password(), 2), "test");
    this.database =
        closing.add(new Database(new DatabaseSettings(place.jdbcUrl(), "agentos", "test", 8)));
    Audit audit = new Audit(clock);
    Vault vault = new Vault(MasterKey.of(MasterKey.random()));
    DataKeys keys = new DataKeys(vault);
    this.identity = new Identity(database, audit);
    this.stateStore = new StateStore(database, keys);
    Policies policies = new Policies(database, PolicyLoader.load(ROOT.resolve("policies")), clock);
    this.approvals = new Approvals(database, stateStore, audit, clock, policies::currentVersion);
    this.intake = new Intake(stateStore, audit, Orchestrator.VERSION);
    Budgets budgets = closing.add(new Budgets(database, audit));
    PackShelf shelf = new PackShelf(database, audit, packs);
    AgentPack agentPack =
        new AgentPack(
            new ToolsRegistry(tools(audit).all()),
            policies,
            new Gates(List.of(), clock),
            approvals,
            new ToolSpending(budgets),
            models(policies, keys, budgets, clock),
            new ChildTasks(database, stateStore, intake),
            shelf,
            new SecretAccess(database, vault));
    Orchestrator orchestrator =
        new Orchestrator(policies, new TaskRouter(), agentPack, approvals, stateStore, shelf);
    NodeIdentity node = new NodeIdentity();
    PostgresJournal journal = closing.add(new PostgresJournal(database, audit, node, feed));
    WorkerSettings settings = new WorkerSettings("evals", 100, Duration.ofMinutes(5), 5);
    closing
        .add(new Worker(database, keys, journal, node, settings, List.of(orchestrator), clock))
        .start();
  }

  private Tools tools(Audit audit) {
    Config config =
        new ConfigLoader(Map.of(), folder, folder)
            .load(
                null,
                List.of(
                    new Flag("--data", "data.directory", folder.resolve("data").toString()),
                    new Flag("--roots", "files.roots", folder.toString())));
    DataDirectory data = closing.add(DataDirectory.lock(config.data()));
    return closing.add(
        Tools.of(config, data, packs, new EgressGuard(List.of()), new McpAudit(database, audit)));
  }

  private ModelRouter models(
      Policies policies, DataKeys keys, Budgets budgets, InstantSource clock) {
    List<ConfiguredProvider> providers = new ArrayList<>();
    MODELS.forEach(
        (id, model) -> providers.add(new ConfiguredProvider(new EvalModel(id, scripts), model)));
    return new ModelRouter(
        providers,
        Map.of(),
        List.of(),
        CatalogueLoader.load(List.of(ROOT.resolve("models"))),
        policies,
        database,
        keys,
        budgets,
        Privacy.ofDefaults(),
        clock);
  }

  /** The golden tasks of all packs. */
  static List<EvalDefinition> evals() {
    List<EvalDefinition> evals = new ArrayList<>();
    for (PackDefinition pack : packs()) {
      evals.addAll(EvalLoader.load(ROOT.resolve("packs").resolve(pack.name()), pack));
    }
    return evals;
  }

  static List<PackDefinition> packs() {
    return PackLoader.load(ROOT.resolve("packs"), GateLoader.load(List.of(ROOT.resolve("gates"))));
  }

  /** The folder below which tools may read. */
  Path folder() {
    return folder;
  }

  List<PackDefinition> loaded() {
    return packs;
  }

  Database database() {
    return database;
  }

  StateStore stateStore() {
    return stateStore;
  }

  Approvals approvals() {
    return approvals;
  }

  Intake intake() {
    return intake;
  }

  TaskFeed feed() {
    return feed;
  }

  /** A tenant whose models say these turns, by the SHA-256 of the prompt they answer. */
  TenantId tenant(String name, Map<String, List<EvalDefinition.Turn>> script) {
    TenantId tenant = new TenantId(name);
    identity.createTenant(tenant);
    scripts.put(tenant, script);
    return tenant;
  }

  @Override
  public void close() {
    closing.close();
  }
}
