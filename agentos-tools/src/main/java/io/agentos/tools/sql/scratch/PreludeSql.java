package io.agentos.tools.sql.scratch;

/** What a Supabase project starts with, as far as schemas refer to it. */
final class PreludeSql {

  static final String SCHEMAS =
      """
      CREATE SCHEMA auth AUTHORIZATION supabase_admin;
      CREATE SCHEMA storage AUTHORIZATION supabase_admin;
      CREATE SCHEMA realtime AUTHORIZATION supabase_admin;
      CREATE SCHEMA extensions AUTHORIZATION supabase_admin;
      GRANT USAGE ON SCHEMA auth, storage, realtime, extensions
        TO anon, authenticated, service_role;
      SET ROLE supabase_admin;
      """;

  static final String AUTH =
      """
      CREATE TABLE auth.users (
        instance_id uuid, id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        aud varchar(255), role varchar(255), email varchar(255), encrypted_password varchar(255),
        email_confirmed_at timestamptz, invited_at timestamptz,
        confirmation_token varchar(255), confirmation_sent_at timestamptz,
        recovery_token varchar(255), recovery_sent_at timestamptz,
        email_change_token_new varchar(255), email_change varchar(255),
        email_change_sent_at timestamptz, last_sign_in_at timestamptz,
        raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean,
        created_at timestamptz, updated_at timestamptz, phone text UNIQUE,
        phone_confirmed_at timestamptz, confirmed_at timestamptz, banned_until timestamptz,
        is_sso_user boolean NOT NULL DEFAULT false, deleted_at timestamptz,
        is_anonymous boolean NOT NULL DEFAULT false
      );
      ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
      CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
      CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT (auth.jwt() ->> 'sub')::uuid $$;
      CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT auth.jwt() ->> 'role' $$;
      CREATE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT auth.jwt() ->> 'email' $$;
      """;

  static final String STORAGE =
      """
      CREATE TABLE storage.buckets (
        id text PRIMARY KEY, name text NOT NULL UNIQUE, owner uuid, owner_id text,
        public boolean DEFAULT false, avif_autodetection boolean DEFAULT false,
        file_size_limit bigint, allowed_mime_types text[],
        created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now()
      );
      CREATE TABLE storage.objects (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        bucket_id text REFERENCES storage.buckets, name text, owner uuid, owner_id text,
        path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED,
        version text, metadata jsonb, user_metadata jsonb,
        created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
        last_accessed_at timestamptz DEFAULT now()
      );
      ALTER TABLE storage.buckets ENABLE ROW LEVEL SECURITY;
      ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
      GRANT ALL ON ALL TABLES IN SCHEMA storage TO anon, authenticated, service_role;
      CREATE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE AS
        $$ SELECT trim_array(string_to_array(name, '/'), 1) $$;
      CREATE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE AS
        $$ SELECT split_part(name, '/', -1) $$;
      CREATE FUNCTION storage.extension(name text) RETURNS text LANGUAGE sql IMMUTABLE AS
        $$ SELECT split_part(name, '.', -1) $$;
      """;

  static final String REALTIME =
      """
      CREATE TABLE realtime.messages (
        id uuid DEFAULT gen_random_uuid(), topic text NOT NULL, extension text NOT NULL,
        payload jsonb, event text, private boolean DEFAULT false,
        inserted_at timestamp NOT NULL DEFAULT now(), PRIMARY KEY (id, inserted_at)
      );
      ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON realtime.messages TO anon, authenticated, service_role;
      CREATE FUNCTION realtime.topic() RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('realtime.topic', true), '') $$;
      """;

  private PreludeSql() {}
}
