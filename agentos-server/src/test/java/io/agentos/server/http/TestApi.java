package io.agentos.server.http;

import io.agentos.api.TenantId;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.NodeIdentity;
import io.agentos.runtime.durable.PostgresJournal;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.durable.Worker;
import io.agentos.runtime.durable.WorkerSettings;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.idempotency.Idempotency;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Identity.NewKey;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.retention.Retention;
import io.agentos.runtime.secrets.KnownSecrets;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import io.agentos.runtime.webhooks.Webhooks;
import io.agentos.server.http.connection.ConnectionBounds;
import io.agentos.testkit.TestFolder;
import io.agentos.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The API on a database of its own, with three tenants and a key for each role. */
final class TestApi implements AutoCloseable {
  static final TenantId ACME = new TenantId("acme");
  static final TenantId OTHER = new TenantId("other");
  private static final String PASSWORD = "test";

  private final TestPostgres.TestDatabase place = TestPostgres.create();
  private final TestFolder folder = TestFolder.create();
  private final Database database;
  private final Identity identity;
  private final HttpServices services;
  private final Webhooks webhooks;
  private final HttpApi api;
  private final NodeIdentity node = new NodeIdentity();
  private final PostgresJournal journal;
  private final Worker worker;
  private final Map<TenantId, Map<Role, String>> keys = new ConcurrentHashMap<>();

  /** What a test server bears: a reader that takes nothing is given up soon. */
  static final HttpApi.Capacity CAPACITY =
      new HttpApi.Capacity(
          64,
          40,
          new ConnectionBounds(
              Duration.ofSeconds(30),
              Duration.ofSeconds(30),
              Duration.ofSeconds(1),
              Duration.ofMillis(200),
              16_777_216));

  /** The API and a worker that does what tasks say. */
  static TestApi working() {
    TestApi api = new TestApi();
    api.worker.start();
    return api;
  }

  /** The same, and one that sends webhooks, which goes outside. */
  static TestApi sending() {
    TestApi api = working();
    api.webhooks.start();
    return api;
  }

  /** The API alone: tasks stay as they are. */
  static TestApi idle() {
    return new TestApi();
  }

  /** The same, where listing providers does something first. */
  static TestApi idle(Runnable whenProvidersAreListed) {
    return new TestApi(whenProvidersAreListed);
  }

  /** The same, where people sign in at a provider too. */
  static TestApi idle(Oidc oidc) {
    return new TestApi(() -> {}, oidc);
  }

  private TestApi() {
    this(() -> {});
  }

  private TestApi(Runnable whenProvidersAreListed) {
    this(whenProvidersAreListed, null);
  }

  private TestApi(Runnable whenProvidersAreListed, @Nullable Oidc oidc) {
    Migrations.migrate(
        new DatabaseSettings(place.jdbcUrl(), place.user(), place.password(), 2), PASSWORD);
    database = new Database(new DatabaseSettings(place.jdbcUrl(), "agentos", PASSWORD, 8));
    Audit audit = new Audit(InstantSource.system());
    identity = new Identity(database, audit);
    Vault vault = new Vault(MasterKey.of(MasterKey.random()));
    DataKeys dataKeys = new DataKeys(vault);
    StateStore stateStore = new StateStore(database, dataKeys);
    KillSwitches killSwitches = new KillSwitches(database, audit);
    Approvals approvals = new Approvals(database, stateStore, audit, InstantSource.system());
    TaskFeed feed = new TaskFeed();
    webhooks =
        new Webhooks(
            database,
            audit,
            new Vault(MasterKey.of(MasterKey.random())),
            new EgressGuard(List.of(EgressRule.parse("http://127.0.0.1").orElseThrow())),
            (tx, request) -> stateStore.create(tx, request, TestProgram.VERSION));
    services =
        new HttpServices(
            database,
            stateStore,
            approvals,
            killSwitches,
            audit,
            TestParts.checkpoints(database, audit, folder.path()),
            new Idempotency(database, dataKeys),
            identity,
            TestParts.people(database, identity, audit, oidc),
            feed,
            new Policies(database, TestPolicies.ALL, InstantSource.system()),
            new Privacy(database, vault, new KnownSecrets(database, vault)::of),
            new Secrets(database, vault, audit),
            new Holds(database, vault, dataKeys, audit),
            new Retention(database, audit),
            webhooks,
            new PackShelf(database, audit, new TestCatalog(() -> {}).packs()),
            new TestCatalog(whenProvidersAreListed),
            (tx, request, subject) -> stateStore.create(tx, request, TestProgram.VERSION, subject),
            killSwitches::liveNodes,
            InstantSource.system());
    api = new HttpApi(services, new HttpSettings("127.0.0.1", 0), CAPACITY);
    api.start();
    journal = new PostgresJournal(database, audit, node, feed);
    worker =
        new Worker(
            database,
            dataKeys,
            journal,
            node,
            WorkerSettings.usual("test"),
            List.of(new TestProgram(stateStore, approvals)),
            InstantSource.system());
    for (TenantId tenant : List.of(TenantId.DEFAULT, ACME, OTHER)) {
      identity.createTenant(tenant);
      keys.put(tenant, keys(tenant));
    }
  }

  private Map<Role, String> keys(TenantId tenant) {
    Map<Role, String> ofTenant = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      NewKey key = new NewKey(role.text(), role, null);
      ofTenant.put(role, identity.createKey(tenant, key, "test").secret());
    }
    return ofTenant;
  }

  /** Another node's API on the same database. */
  HttpApi another() {
    HttpApi other = new HttpApi(services, new HttpSettings("127.0.0.1", 0), CAPACITY);
    other.start();
    return other;
  }

  HttpServices services() {
    return services;
  }

  Database database() {
    return database;
  }

  /** Runs a statement as a superuser, past every rule. */
  void pastEveryRule(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      statement.execute(sql);
    }
  }

  /** The first column of what a superuser is answered, past every rule. */
  List<String> askPastEveryRule(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found;
  }

  /** The directory of the database, with all that was written in its files. */
  Path flushed() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
      statement.execute("select pg_switch_wal()");
      try (ResultSet data = statement.executeQuery("select current_setting('data_directory')")) {
        data.next();
        return Path.of(data.getString(1));
      }
    }
  }

  int port() {
    return api.port();
  }

  /** The key of a role. */
  String key(TenantId tenant, Role role) {
    return keys.getOrDefault(tenant, Map.of()).getOrDefault(role, "");
  }

  /** A client with the key of a role. */
  ApiClient as(TenantId tenant, Role role) {
    return new ApiClient(port(), key(tenant, role));
  }

  /** A client with the admin key of the tenant acme. */
  ApiClient client() {
    return as(ACME, Role.ADMIN);
  }

  /** Ends the API alone. */
  void closeApi() {
    api.close();
  }

  @Override
  public void close() {
    api.close();
    webhooks.close();
    worker.close();
    journal.close();
    database.close();
    folder.close();
  }
}
