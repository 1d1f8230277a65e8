package io.agentos.server.bench;

import io.agentos.api.KillSwitchId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.postgres.EmbeddedPostgres;
import io.agentos.postgres.PostgresSettings;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.NodeIdentity;
import io.agentos.runtime.durable.PostgresJournal;
import io.agentos.runtime.durable.Program;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.durable.Worker;
import io.agentos.runtime.durable.WorkerSettings;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A Postgres of its own, as durable as the real one, with a migrated database; deleted at the end.
 */
final class BenchStore implements AutoCloseable {
  static final TenantId TENANT = TenantId.DEFAULT;
  private static final int TASKS_PER_COMMIT = 500;

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Database database;
  private final DataKeys keys = new DataKeys(new Vault(MasterKey.of(MasterKey.random())));
  private final Audit audit = new Audit(InstantSource.system());
  private final StateStore stateStore;
  private final TaskFeed feed = new TaskFeed();

  BenchStore(Path runtimes) {
    try {
      folder = Files.createTempDirectory("agentos-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    postgres = EmbeddedPostgres.start(PostgresSettings.of(folder.resolve("data"), runtimes));
    DatabaseSettings admin =
        new DatabaseSettings(
            postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password(), 2);
    Migrations.migrate(admin, postgres.password());
    database = new Database(settings());
    new Identity(database, audit).createTenant(TENANT);
    stateStore = new StateStore(database, keys);
  }

  private DatabaseSettings settings() {
    return new DatabaseSettings(postgres.jdbcUrl("postgres"), "agentos", postgres.password(), 8);
  }

  StateStore stateStore() {
    return stateStore;
  }

  Approvals approvals() {
    return new Approvals(database, stateStore, audit, InstantSource.system());
  }

  Database database() {
    return database;
  }

  TaskFeed feed() {
    return feed;
  }

  /** A worker with its journal, not yet started. */
  Node node(Program program, int tasksMax) {
    return node(database, program, tasksMax, "bench");
  }

  /** The same with a way of its own to Postgres, like another process. */
  Node nodeApart(Program program, int tasksMax, String instance) {
    Database own = new Database(settings());
    Node node = node(own, program, tasksMax, instance);
    return new Node(node.worker, node.journal, node.identity, own::close);
  }

  private Node node(Database way, Program program, int tasksMax, String instance) {
    NodeIdentity identity = new NodeIdentity();
    PostgresJournal journal = new PostgresJournal(way, audit, identity, feed);
    WorkerSettings settings = new WorkerSettings(instance, tasksMax, Duration.ofSeconds(10), 5);
    Worker worker =
        new Worker(
            way, keys, journal, identity, settings, List.of(program), InstantSource.system());
    return new Node(worker, journal, identity, () -> {});
  }

  /** A worker and the journal it writes. */
  record Node(Worker worker, PostgresJournal journal, NodeIdentity identity, Runnable more)
      implements AutoCloseable {
    UUID id() {
      return identity.id();
    }

    @Override
    public void close() {
      worker.close();
      journal.close();
      more.run();
    }
  }

  KillSwitches killSwitches() {
    return new KillSwitches(database, audit);
  }

  /** When each node took a switch, by the clock of Postgres, which is this machine's. */
  Map<UUID, Instant> acknowledged(KillSwitchId kill) {
    Map<UUID, Instant> words = new HashMap<>();
    database.inControl(
        TENANT,
        tx ->
            tx.query(
                BenchSql.ACKNOWLEDGED,
                row -> words.put(row.uuid("node_id"), row.instant("acknowledged_at")),
                TENANT.value(),
                kill.value()));
    return words;
  }

  /** Submits {@code count} tasks, many in one commit. */
  List<TaskId> submit(int count, String program) {
    List<TaskId> tasks = new ArrayList<>(count);
    for (int first = 0; first < count; first += TASKS_PER_COMMIT) {
      int size = Math.min(TASKS_PER_COMMIT, count - first);
      database.inTenantDo(
          TENANT,
          tx -> {
            for (int i = 0; i < size; i++) {
              TaskId task = TaskId.next();
              stateStore.create(tx, request(task), program);
              tasks.add(task);
            }
          });
    }
    return tasks;
  }

  /** A connection past the pool and past row-level security, for measuring Postgres itself. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
  }

  @Override
  public void close() {
    database.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request(TaskId task) {
    return new Request(
        TENANT,
        task,
        "bench",
        new Request.Target(null, null, null),
        new TaskInput.Text("bench"),
        Request.PRIORITY_DEFAULT,
        null,
        null,
        Map.of(),
        null);
  }
}
