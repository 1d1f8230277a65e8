package io.agentos.server.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All that can be configured; docs/configuration.md says what each key is for. */
final class Keys {
  static final Key SERVER_HOST = key("server.host", new Kind.Text(), "127.0.0.1");
  static final Key SERVER_PORT = key("server.port", new Kind.WholeNumber(0, 65_535), "7070");
  static final Key SERVER_PUBLIC_URL = key("server.public_url", new Kind.WebAddress(), "");
  static final Key SERVER_PROXIES = key("server.proxies", new Kind.WholeNumber(0, 8), "0");
  static final Key SESSIONS_IDLE =
      key("sessions.idle", new Kind.Time(Duration.ofMinutes(5), Duration.ofHours(24)), "PT30M");
  static final Key SESSIONS_MOST =
      key("sessions.most", new Kind.Time(Duration.ofMinutes(15), Duration.ofDays(30)), "PT12H");
  static final Key OIDC_ISSUER = key("oidc.issuer", new Kind.WebAddress(), "");
  static final Key OIDC_CLIENT_ID = key("oidc.client_id", new Kind.Text(), "");
  static final Key OIDC_CLIENT_SECRET = key("oidc.client_secret", new Kind.SecretReference(), "");
  static final Key OIDC_SCOPES = key("oidc.scopes", new Kind.Text(), "email profile");
  static final Key OIDC_TENANT = key("oidc.tenant", new Kind.Text(), "default");
  static final Key OIDC_TENANT_CLAIM = key("oidc.tenant_claim", new Kind.Text(), "");
  static final Key OIDC_ROLE_CLAIM = key("oidc.role_claim", new Kind.Text(), "");
  static final Key OIDC_ROLES = key("oidc.roles", new Kind.RoleNames(), "");
  static final Key OIDC_CLOCK_SKEW =
      key("oidc.clock_skew", new Kind.Time(Duration.ZERO, Duration.ofMinutes(5)), "PT1M");
  static final Key DATA_DIRECTORY = key("data.directory", new Kind.Folder(), "~/.agentos/data");
  static final Key DATABASE_URL = key("database.url", new Kind.PostgresAddress(), "");
  static final Key DATABASE_POOL_MAX = key("database.pool_max", new Kind.WholeNumber(2, 200), "8");
  static final Key PACKS_FOLDERS = key("packs.folders", new Kind.Folders(), "");
  static final Key POLICIES_FOLDERS = key("policies.folders", new Kind.Folders(), "");
  static final Key GATES_FOLDERS = key("gates.folders", new Kind.Folders(), "");
  static final Key POLICIES_ENVIRONMENT = key("policies.environment", new Kind.Folders(), "");
  static final Key MODELS_FOLDERS = key("models.folders", new Kind.Folders(), "");
  static final Key MODELS_REPLAY = key("models.replay", new Kind.Place(), "");
  static final Key FILES_ROOTS = key("files.roots", new Kind.Folders(), ".");

  /** Left out, a key is made and kept in the data directory. */
  static final Key VAULT_MASTER_KEY = key("vault.master_key", new Kind.SecretReference(), "");

  static final Key EGRESS_ALLOW = key("egress.allow", new Kind.Destinations(), "");

  /** Left out, a key is made and kept in the data directory. */
  static final Key CHECKPOINTS_KEY = key("checkpoints.key", new Kind.SecretReference(), "");

  static final Key CHECKPOINTS_NAME = key("checkpoints.name", new Kind.LogName(), "agentos");
  static final Key CHECKPOINTS_WITNESS = key("checkpoints.witness", new Kind.WebAddress(), "");
  static final Key CHECKPOINTS_EVERY =
      key("checkpoints.every", new Kind.Time(Duration.ofSeconds(1), Duration.ofHours(1)), "PT10S");
  static final Key CHECKPOINTS_ENTRIES_MAX =
      key("checkpoints.entries_max", new Kind.WholeNumber(1, 50_000), "1000");

  static final Key AUDIT_FILE = key("audit.file", new Kind.Place(), "");
  static final Key AUDIT_FILE_BYTES_MAX =
      key("audit.file_bytes_max", new Kind.WholeNumber(1_000_000, Integer.MAX_VALUE), "100000000");
  static final Key AUDIT_FILES_MAX = key("audit.files_max", new Kind.WholeNumber(1, 1_000), "10");
  static final Key AUDIT_BEGIN =
      key("audit.begin", new Kind.OneOf(List.of("first", "head")), "first");

  static final Key MAIL_HOST = key("mail.host", new Kind.Text(), "");
  static final Key MAIL_PORT = key("mail.port", new Kind.WholeNumber(1, 65_535), "587");
  static final Key MAIL_TLS =
      key("mail.tls", new Kind.OneOf(List.of("starttls", "implicit", "none")), "starttls");
  static final Key MAIL_USER = key("mail.user", new Kind.Text(), "");
  static final Key MAIL_PASSWORD = key("mail.password", new Kind.SecretReference(), "");
  static final Key MAIL_FROM = key("mail.from", new Kind.Text(), "");

  private static final List<Key> MAIL =
      List.of(MAIL_HOST, MAIL_PORT, MAIL_TLS, MAIL_USER, MAIL_PASSWORD, MAIL_FROM);

  private static final List<Key> AUDIT =
      List.of(AUDIT_FILE, AUDIT_FILE_BYTES_MAX, AUDIT_FILES_MAX, AUDIT_BEGIN);

  private static final List<Key> CHECKPOINTS =
      List.of(
          CHECKPOINTS_KEY,
          CHECKPOINTS_NAME,
          CHECKPOINTS_WITNESS,
          CHECKPOINTS_EVERY,
          CHECKPOINTS_ENTRIES_MAX);

  static final Key VAULT_PREVIOUS_MASTER_KEY =
      key("vault.previous_master_key", new Kind.SecretReference(), "");

  static final Key WORKER_TASKS_MAX =
      key("worker.tasks_max", new Kind.WholeNumber(1, 10_000), "512");
  static final Key WORKER_LEASE =
      key("worker.lease", new Kind.Time(Duration.ofSeconds(2), Duration.ofSeconds(30)), "PT10S");

  static final Key KILL_WINDOW =
      key(
          "kill.triggers.window",
          new Kind.Time(Duration.ofMinutes(1), Duration.ofHours(24)),
          "PT10M");
  static final Key KILL_LOOPS = key("kill.triggers.loops", new Kind.WholeNumber(0, 10_000), "0");
  static final Key KILL_GATE_REFUSALS =
      key("kill.triggers.gate_refusals", new Kind.WholeNumber(0, 10_000), "0");
  static final Key KILL_BUDGET_EXCEEDED =
      key("kill.triggers.budget_exceeded", new Kind.WholeNumber(0, 10_000), "0");
  static final Key KILL_ERRORS_PERCENT =
      key("kill.triggers.errors_percent", new Kind.WholeNumber(0, 100), "0");
  static final Key KILL_ERRORS_OF =
      key("kill.triggers.errors_of", new Kind.WholeNumber(1, 1_000), "50");
  static final Key KILL_ERRORS_MIN =
      key("kill.triggers.errors_min", new Kind.WholeNumber(1, 1_000), "10");

  private static final List<Key> KILL_TRIGGERS =
      List.of(
          KILL_WINDOW,
          KILL_LOOPS,
          KILL_GATE_REFUSALS,
          KILL_BUDGET_EXCEEDED,
          KILL_ERRORS_PERCENT,
          KILL_ERRORS_OF,
          KILL_ERRORS_MIN);

  /** The providers that can be configured, by the names agents use. */
  static final List<String> PROVIDERS = List.of("anthropic", "deepseek", "gemini", "openai");

  /** Variables that are meant for the launcher and the command line. */
  static final List<String> OTHER_VARIABLES =
      List.of(
          "AGENTOS_API_KEY",
          "AGENTOS_CONFIG",
          "AGENTOS_HOME",
          "AGENTOS_JAVA_HOME",
          "AGENTOS_JAVA_OPTS",
          "AGENTOS_URL");

  static final List<Key> ALL = all();

  private Keys() {}

  static Key baseUrl(String provider) {
    return ofProvider(provider, "base_url", new Kind.WebAddress());
  }

  static Key model(String provider) {
    return ofProvider(provider, "model", new Kind.Text());
  }

  /** The price of {@link #model}. */
  static Key price(String provider) {
    return ofProvider(provider, "price", new Kind.ModelPrice());
  }

  /** Sent with each call, beside the key. */
  static Key headers(String provider) {
    return ofProvider(provider, "headers", new Kind.Headers());
  }

  /** Its fallback is a reference, so that the variable other software uses works by itself. */
  static Key apiKey(String provider) {
    return new Key(
        "providers." + provider + ".api_key",
        new Kind.SecretReference(),
        "env:" + vendorVariable(provider, "api_key"),
        Optional.empty());
  }

  private static Key ofProvider(String provider, String name, Kind kind) {
    return new Key(
        "providers." + provider + "." + name,
        kind,
        "",
        Optional.of(vendorVariable(provider, name)));
  }

  private static String vendorVariable(String provider, String name) {
    return (provider + "_" + name).toUpperCase(Locale.ROOT);
  }

  private static Key key(String path, Kind kind, String fallback) {
    return new Key(path, kind, fallback, Optional.empty());
  }

  /** How people come in. */
  private static List<Key> ofPeople() {
    return List.of(
        SERVER_PUBLIC_URL,
        SERVER_PROXIES,
        SESSIONS_IDLE,
        SESSIONS_MOST,
        OIDC_ISSUER,
        OIDC_CLIENT_ID,
        OIDC_CLIENT_SECRET,
        OIDC_SCOPES,
        OIDC_TENANT,
        OIDC_TENANT_CLAIM,
        OIDC_ROLE_CLAIM,
        OIDC_ROLES,
        OIDC_CLOCK_SKEW);
  }

  private static List<Key> all() {
    List<Key> keys =
        new ArrayList<>(
            List.of(
                SERVER_HOST,
                SERVER_PORT,
                DATA_DIRECTORY,
                DATABASE_URL,
                DATABASE_POOL_MAX,
                PACKS_FOLDERS,
                POLICIES_FOLDERS,
                GATES_FOLDERS,
                POLICIES_ENVIRONMENT,
                MODELS_FOLDERS,
                MODELS_REPLAY,
                FILES_ROOTS,
                VAULT_MASTER_KEY,
                EGRESS_ALLOW,
                VAULT_PREVIOUS_MASTER_KEY,
                WORKER_TASKS_MAX,
                WORKER_LEASE));
    keys.addAll(KILL_TRIGGERS);
    keys.addAll(CHECKPOINTS);
    keys.addAll(AUDIT);
    keys.addAll(MAIL);
    keys.addAll(ofPeople());
    PROVIDERS.forEach(provider ->
        keys.addAll(
            List.of(
                baseUrl(provider),
                apiKey(provider),
                model(provider),
                price(provider),
                headers(provider))));
    return List.copyOf(keys);
  }
}
