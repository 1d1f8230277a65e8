package io.agentos.tools.sql.schema;

import java.util.Map;

/** The statements of the loader itself; the others are the user's. */
final class SchemaSql {

  /** How Supabase opens the schema public to its API. The rights it gives beyond rows stay out. */
  static final String OPEN_AS_SUPABASE =
      """
      GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO anon, authenticated;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO service_role;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT ALL ON SEQUENCES TO anon, authenticated, service_role;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role;
      """;

  /** The extensions that a Supabase project has from the start, by how they are made. */
  static final Map<String, String> EXTENSIONS =
      Map.of(
          "uuid-ossp", "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" SCHEMA extensions",
          "pgcrypto", "CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA extensions");

  /** How to take those away again when the schema makes them itself, maybe elsewhere. */
  static final Map<String, String> DROP_EXTENSION =
      Map.of(
          "uuid-ossp", "DROP EXTENSION IF EXISTS \"uuid-ossp\"",
          "pgcrypto", "DROP EXTENSION IF EXISTS pgcrypto");

  /** A plain schema may have schemas of these names itself. */
  static final String CLOSE_SUPABASE = "DROP SCHEMA auth, storage, realtime, extensions CASCADE";

  /** What stands in for Supabase and gives way when the schema brings its own, by its name. */
  static final Map<String, String> GIVE_WAY =
      Map.of(
          "auth.users", "DROP TABLE auth.users CASCADE",
          "auth.uid", "DROP FUNCTION auth.uid() CASCADE",
          "auth.jwt", "DROP FUNCTION auth.jwt() CASCADE",
          "auth.role", "DROP FUNCTION auth.role() CASCADE",
          "auth.email", "DROP FUNCTION auth.email() CASCADE",
          "storage.buckets", "DROP TABLE storage.buckets CASCADE",
          "storage.objects", "DROP TABLE storage.objects CASCADE",
          "storage.foldername", "DROP FUNCTION storage.foldername(text) CASCADE",
          "storage.filename", "DROP FUNCTION storage.filename(text) CASCADE",
          "storage.extension", "DROP FUNCTION storage.extension(text) CASCADE");

  /** Parameter: the name. */
  static final String WRITE_CREATE_ROLE = "SELECT format('CREATE ROLE %I NOLOGIN', ?::text)";

  static final String SAVEPOINT = "SAVEPOINT agentos_statement";
  static final String RELEASE = "RELEASE SAVEPOINT agentos_statement";
  static final String ROLLBACK_TO = "ROLLBACK TO SAVEPOINT agentos_statement";
  static final String COMMIT = "COMMIT";

  private SchemaSql() {}
}
