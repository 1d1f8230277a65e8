package io.agentos.server.audit;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.checkpoints.AuditExport;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.checkpoints.SigningKey;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.store.Migrations;
import io.agentos.server.cli.OfflineVerifier;
import io.agentos.testkit.TestFolder;
import io.agentos.testkit.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A real Postgres with the logs of two tenants, signed after every few entries. */
final class SignedLog implements AutoCloseable {
  static final TenantId LAMPS = new TenantId("lamps");
  static final TenantId BELLS = new TenantId("bells");

  private final TestPostgres.TestDatabase place = TestPostgres.create();
  private final Database database;
  private final Audit audit = new Audit(InstantSource.system());
  private final TestFolder kept = TestFolder.create();
  final Path folder = kept.path();
  final Checkpoints checkpoints;
  final AuditExport export;

  SignedLog() {
    Migrations.migrate(
        new DatabaseSettings(place.jdbcUrl(), place.user(), place.password(), 2), "test");
    database = new Database(new DatabaseSettings(place.jdbcUrl(), "agentos", "test", 4));
    Identity identity = new Identity(database, audit);
    identity.createTenant(LAMPS);
    identity.createTenant(BELLS);
    checkpoints =
        new Checkpoints(
            database,
            audit,
            new Checkpoints.Settings(
                folder,
                SigningKey.of(SigningKey.random()),
                "test.example",
                Duration.ofSeconds(10),
                1_000,
                null));
    export = new AuditExport(database, checkpoints);
  }

  /** Adds entries, and signs after every tenth. */
  void append(TenantId tenant, int count) {
    for (int i = 1; i <= count; i++) {
      AuditEntry entry =
          new AuditEntry(
              tenant, "lamp.lit", "tester", "lamp-" + i % 3, Map.of("colour", "amber – \"x\"\n"));
      database.inTenantDo(tenant, tx -> audit.append(tx, List.of(entry)));
      if (i % 10 == 0) {
        checkpoints.bringUpToDate(tenant);
      }
    }
  }

  /** Adds an entry. */
  void append(TenantId tenant, AuditEntry entry) {
    database.inTenantDo(tenant, tx -> audit.append(tx, List.of(entry)));
  }

  /** Runs statements as a superuser, past every trigger. */
  void tamper(String sql) {
    try (Connection connection =
            DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos; set session_replication_role = replica");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines of an export. */
  List<String> lines(TenantId tenant, AuditExport.Part part) {
    return text(export.log(tenant, part)).lines().toList();
  }

  static String text(AuditExport.Document document) {
    try (document;
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      document.writeTo(out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the verifier says to these lines. */
  String verify(TenantId tenant, List<String> lines, String... options) {
    return verify(
        tenant, String.join("\n", lines) + "\n", tenant.value() + ".txt", tenant, options);
  }

  String verify(
      TenantId tenant, String text, String checkpointFile, TenantId keyOf, String... options) {
    try {
      Path file = folder.resolve("export.ndjson");
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  file.toString(),
                  folder.resolve(checkpointFile).toString(),
                  folder.resolve(keyOf.value() + ".pub").toString()));
      arguments.addAll(Arrays.asList(options));
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int code =
          OfflineVerifier.run(new PrintStream(said, true, StandardCharsets.UTF_8), arguments);
      return code + " " + said.toString(StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    checkpoints.close();
    database.close();
    kept.close();
  }
}
