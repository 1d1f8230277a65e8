package io.agentos.tools.sql.scratch;

/**
 * The statements around a throw-away database. Names cannot be parameters of DDL; therefore some of
 * these write the statements that are run next, and Postgres quotes the names in them.
 */
final class ScratchSql {

  static final String SET_LOCK_TIMEOUT = "SET lock_timeout = '120s'";

  /** One throw-away database at a time, whichever process asks. Held until the connection ends. */
  static final String LOCK = "SELECT pg_advisory_lock(5065278931)";

  /**
   * The owner of a throw-away database and the roles of Supabase. It is no superuser. Like the role
   * that runs migrations at Supabase it ignores row-level security, so that a schema may fill
   * tables after it has locked them. Parameters: name and password.
   */
  static final String WRITE_CREATE_ROLES =
      """
      SELECT format($sql$
        CREATE ROLE %1$I LOGIN NOSUPERUSER NOCREATEDB CREATEROLE BYPASSRLS
          CONNECTION LIMIT 5 PASSWORD %2$L;
        ALTER ROLE %1$I SET search_path = "$user", public, extensions;
        ALTER ROLE %1$I SET createrole_self_grant = 'set, inherit';
        ALTER ROLE %1$I SET check_function_bodies = off;
        ALTER ROLE %1$I SET lc_messages = 'C';
        ALTER ROLE %1$I SET temp_file_limit = '256MB';
        CREATE ROLE anon NOLOGIN NOINHERIT;
        CREATE ROLE authenticated NOLOGIN NOINHERIT;
        CREATE ROLE service_role NOLOGIN NOINHERIT BYPASSRLS;
        CREATE ROLE authenticator NOLOGIN NOINHERIT;
        CREATE ROLE supabase_admin NOLOGIN NOINHERIT;
        GRANT anon, authenticated, service_role, authenticator, supabase_admin TO %1$I
          WITH ADMIN OPTION;
        GRANT anon, authenticated, service_role TO authenticator;
      $sql$, ?::text, ?::text)
      """;

  /** Parameters: name of the database and its owner alike, twice. */
  static final String WRITE_CREATE_DATABASE =
      """
      SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C''',
                    ?::text, ?::text)
      """;

  /** The databases of ours that are there, one statement each. */
  static final String WRITE_DROP_DATABASES =
      """
      SELECT format('DROP DATABASE %I WITH (FORCE)', datname)
      FROM pg_database WHERE datname ~ '^agentos_scratch_[0-9a-f]{16}$'
      """;

  /**
   * Drops the owners and all roles they administer: the roles of Supabase and what the schema made
   * (a maker administers what it makes). In one statement, for they depend on each other.
   */
  static final String WRITE_DROP_ROLES =
      """
      WITH RECURSIVE ours AS (
        SELECT oid FROM pg_roles WHERE rolname ~ '^agentos_scratch_[0-9a-f]{16}$'
        UNION
        SELECT m.roleid FROM pg_auth_members m JOIN ours ON ours.oid = m.member
        WHERE m.admin_option
      )
      SELECT 'DROP ROLE ' || string_agg(quote_ident(rolname), ', ')
      FROM pg_roles JOIN ours USING (oid) WHERE oid >= 16384 HAVING count(*) > 0
      """;

  static final String SIZE = "SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?";

  static final String STOP_ALL =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ?";

  private ScratchSql() {}
}
