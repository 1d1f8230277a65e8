package io.agentos.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Role;
import io.agentos.testkit.postgres.TestPostgres.TestDatabase;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the schema to its promises, looking past every rule as a superuser. */
final class SchemaTest {
  private static final TenantId ACME = TestStore.ACME;
  private static final TenantId OTHER = TestStore.OTHER;

  /** Statements before the schema is there, or with values in place of parameters. */
  private static final Set<String> NOT_PREPARED = Set.of("MigrationsSql");

  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void everyTenantTable_forcesRowLevelSecurity() throws SQLException {
    assertThat(
            names(
                """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                where n.nspname = 'agentos' and c.relkind = 'r'
                  and not (c.relrowsecurity and c.relforcerowsecurity and a.attnotnull)
                """))
        .isEmpty();
  }

  @Test
  void tablesWithoutTenant_areOutOfReachOfTheApplication() throws SQLException {
    assertThat(
            names(
                """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'agentos' and c.relkind in ('r', 'v', 'm')
                  and not exists (select from pg_attribute a
                                  where a.attrelid = c.oid and a.attname = 'tenant_id')
                  and has_table_privilege('agentos_app', c.oid, 'select')
                """))
        .isEmpty();
  }

  @Test
  void roles_bypassAndOwnNothing() throws SQLException {
    assertThat(
            names(
                """
                select rolname from pg_roles
                where rolname in ('agentos', 'agentos_app', 'agentos_engine', 'agentos_owner', 'agentos_retention', 'agentos_vault')
                  and (rolsuper or rolbypassrls or rolcreaterole or rolreplication
                       or (rolcanlogin and rolname <> 'agentos'))
                union all
                select c.relname::text from pg_class c join pg_roles r on r.oid = c.relowner
                where r.rolname in ('agentos', 'agentos_app', 'agentos_engine', 'agentos_retention', 'agentos_vault')
                union all
                select c.relname || ' may be truncated' from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'agentos' and c.relkind = 'r'
                  and (has_table_privilege('agentos_app', c.oid, 'truncate, references, trigger')
                    or has_table_privilege('agentos_engine', c.oid, 'truncate, references, trigger')
                    or has_table_privilege('agentos_retention', c.oid, 'truncate, references, trigger')
                    or has_table_privilege('agentos_vault', c.oid, 'truncate, references, trigger'))
                """))
        .isEmpty();
  }

  @Test
  void otherTenantsRows_areNeitherSeenNorWritten() {
    Identity identity = new Identity(store.database(), store.audit());
    identity.createKey(OTHER, new Identity.NewKey("theirs", Role.VIEWER, null), "system");

    assertThat(count(ACME, "select count(*) as n from api_key where tenant_id = 'other'")).isZero();
    assertThat(count(OTHER, "select count(*) as n from api_key where tenant_id = 'other'"))
        .isEqualTo(1);
    assertThatThrownBy(() ->
            store
                .database()
                .inTenantDo(
                    ACME,
                    tx ->
                        tx.update(
                            """
                            insert into idempotency (tenant_id, route, key, body_hash, status, response)
                            values ('other', 'r', 'k', decode(repeat('00', 32), 'hex'), 0, '')
                            """)))
        .isInstanceOf(AgentOsException.class)
        .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
  }

  @Test
  void auditLog_isAppendOnly_evenForASuperuser() throws SQLException {
    new Identity(store.database(), store.audit())
        .createKey(ACME, new Identity.NewKey("mine", Role.VIEWER, null), "system");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("update audit_entry set actor = 'nobody'"))
          .hasMessageContaining("the audit log is append-only");
      assertThatThrownBy(() -> statement.execute("delete from audit_entry"))
          .hasMessageContaining("the audit log is append-only");
    }
  }

  @Test
  void changedAuditEntry_isFound() throws SQLException {
    try (TestStore own = new TestStore();
        Connection connection = connect(own.admin());
        Statement statement = connection.createStatement()) {
      Identity identity = new Identity(own.database(), own.audit());
      for (int i = 0; i < 3; i++) {
        identity.createKey(ACME, new Identity.NewKey("k" + i, Role.VIEWER, null), "system");
      }
      assertThat(own.audit().verify(own.database(), ACME).intact()).isTrue();
      statement.execute("alter table audit_entry disable trigger audit_append_only");
      statement.execute(
          "update audit_entry set body = replace(body, 'viewer', 'admin') where seq = 2");
      assertThat(own.audit().verify(own.database(), ACME).problem())
          .isEqualTo("entry 2 was changed");
      statement.execute("delete from audit_entry where seq = 3");
      statement.execute(
          "update audit_entry set body = replace(body, 'admin', 'viewer') where seq = 2");
      assertThat(own.audit().verify(own.database(), ACME).problem())
          .isEqualTo("the log ends before its head");
    }
  }

  @Test
  void everyStatement_fitsTheSchema()
      throws SQLException, IOException, URISyntaxException, IllegalAccessException {
    int statements = 0;
    try (Connection connection = connect()) {
      for (Class<?> type : sqlClasses()) {
        for (Field field : type.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
            field.setAccessible(true);
            try (PreparedStatement prepared =
                connection.prepareStatement((String) field.get(null))) {
              assertThat(prepared.getParameterMetaData())
                  .as(type.getSimpleName() + "." + field.getName())
                  .isNotNull();
              statements++;
            }
          }
        }
      }
    }
    assertThat(statements).isGreaterThan(50);
  }

  private static List<Class<?>> sqlClasses() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Database.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Sql.class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.').replace(".class", "");
        Class<?> type = loaded(name);
        if (!NOT_PREPARED.contains(type.getSimpleName())) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static int count(TenantId tenant, String sql) {
    return store
        .database()
        .inTenant(tenant, tx -> tx.queryOne(sql, row -> row.number("n")).orElse(-1));
  }

  private static List<String> names(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private static Connection connect() throws SQLException {
    return connect(store.admin());
  }

  private static Connection connect(TestDatabase place) throws SQLException {
    Connection connection =
        DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
    }
    return connection;
  }
}
