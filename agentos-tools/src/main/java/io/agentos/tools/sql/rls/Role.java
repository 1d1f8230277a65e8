package io.agentos.tools.sql.rls;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A role of the database server, or PUBLIC, which stands for all of them.
 *
 * @param oid its number; 0 for PUBLIC
 * @param name its name as it is
 * @param quoted its name for SQL
 * @param superuser whether no check at all applies to it
 * @param bypassesRls whether it has BYPASSRLS
 * @param login whether someone can connect as it
 * @param comment what COMMENT ON says; empty for nothing
 */
record Role(
    long oid,
    String name,
    String quoted,
    boolean superuser,
    boolean bypassesRls,
    boolean login,
    String comment) {
  static final Role PUBLIC = new Role(0, "PUBLIC", "PUBLIC", false, false, false, "");

  /** The role that made the cluster; it is always a superuser. */
  private static final long BOOTSTRAP_OID = 10;

  /** Roles by which hosts of Postgres run their own service. */
  private static final Set<String> HOSTS =
      Set.of(
          "postgres",
          "authenticator",
          "dashboard_user",
          "pgbouncer",
          "pgsodium_keyholder",
          "pgsodium_keyiduser",
          "pgsodium_keymaker",
          "rdsadmin",
          "rds_superuser",
          "cloudsqladmin",
          "cloudsqlsuperuser",
          "azuresu",
          "azure_pg_admin",
          "azure_superuser",
          "cloud_admin",
          "neon_superuser");

  private static final Pattern OF_SUPABASE = Pattern.compile("supabase_.*|cli_login_.*");

  boolean isPublic() {
    return oid == 0;
  }

  /** Whether policies never apply to it. */
  boolean ignoresRls() {
    return superuser || bypassesRls;
  }

  /** Whether it belongs to Postgres or its host and not to an application. */
  boolean ofPlatform() {
    return oid == BOOTSTRAP_OID || name.startsWith("pg_") || HOSTS.contains(name) || ofSupabase();
  }

  /** Whether Supabase owns its own objects by this role. */
  boolean ofSupabase() {
    return OF_SUPABASE.matcher(name).matches();
  }
}
