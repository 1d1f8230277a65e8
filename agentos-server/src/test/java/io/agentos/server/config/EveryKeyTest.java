package io.agentos.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.egress.AddressRange;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.killswitch.KillTriggers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key of the configuration: in a file and in the environment. */
final class EveryKeyTest {
  private static final String DATABASE = "postgres://me:p%40ss@db:6432/agents?sslmode=require";

  private static final String EVERY_KEY =
      """
      server:
        host: 0.0.0.0
        port: 8080
        public_url: https://agents.example
        proxies: 1
      data: {directory: ~/state}
      database:
        url: env:DATABASE
        pool_max: 20
      packs:
        folders: [/packs, more-packs]
      policies:
        folders: /policies
        environment: /production
      gates: {folders: /gates}
      models:
        folders: [/models]
        replay: tapes/owl.yaml
      files:
        roots:
          - ~/src
          - /srv
      vault:
        master_key: env:DATABASE
        previous_master_key: env:DATABASE
      egress:
        allow: ["localhost:5432", "http://[10.0.0.0/8]:8025"]
      oidc:
        issuer: https://people.example
        client_id: agents
        client_secret: env:DATABASE
        scopes: email groups
        tenant: acme
        tenant_claim: org
        role_claim: groups
        roles: ops=operator; dev=x=developer
        clock_skew: PT30S
      sessions: {idle: PT10M, most: PT1H}
      checkpoints:
        key: env:DATABASE
        name: audit.example/log
        witness: https://witness.example/add-checkpoint
        every: PT5S
        entries_max: 50
      mail: {host: smtp.example, port: 465, tls: implicit, user: otter, password: "env:DATABASE",
             from: Otter <news@otter.example>}
      audit:
        file: /var/log/audit.ndjson
        file_bytes_max: 5000000
        files_max: 4
        begin: head
      worker: {tasks_max: 7, lease: PT5S}
      kill:
        triggers: {window: PT5M, loops: 1, gate_refusals: 2, budget_exceeded: 3,
                   errors_percent: 40, errors_of: 20, errors_min: 5}
      providers:
        openai:
          base_url: http://127.0.0.1:1/v1
          api_key: file:openai.key
          model: small
          price: 2.50/0.25/10
          headers: "X-Team: env:DATABASE"
        deepseek:
          base_url: https://deepseek.example/
          api_key: env:DATABASE
          model: big
          price: "0.66/0.022/1.98"
          headers: "X-Team: env:DATABASE"
        anthropic:
          base_url: https://anthropic.example/
          api_key: env:DATABASE
          model: c
          price: 0.000001/0.000002/0.000003
          headers: "X-Team: env:DATABASE"
        gemini:
          base_url: https://gemini.example/
          api_key: env:DATABASE
          model: g
          price: 4/5/6
          headers: "X-Team: env:DATABASE"
      """;

  private static final Map<String, Secret> TEAM =
      Map.of("X-Team", new Secret("env:DATABASE", DATABASE));

  @TempDir private Path root;
  private ConfigFolders folders;

  @BeforeEach
  void folders() throws IOException {
    folders = ConfigFolders.in(root);
  }

  @Test
  void load_everyKeyInFile() throws IOException {
    folders.write("openai.key", "sk-file\n");
    folders.write("agentos.yaml", EVERY_KEY);

    assertEveryKey(folders.load(Map.of("DATABASE", DATABASE)));
  }

  @Test
  void load_everyKeyInEnvironment() throws IOException {
    folders.write("openai.key", "sk-file\n");
    Map<String, String> environment = new TreeMap<>();
    environment.put("DATABASE", DATABASE);
    environment.put("AGENTOS_SERVER_HOST", "0.0.0.0");
    environment.put("AGENTOS_SERVER_PORT", "8080");
    environment.put("AGENTOS_SERVER_PUBLIC_URL", "https://agents.example");
    environment.put("AGENTOS_SERVER_PROXIES", "1");
    environment.put("AGENTOS_OIDC_ISSUER", "https://people.example");
    environment.put("AGENTOS_OIDC_CLIENT_ID", "agents");
    environment.put("AGENTOS_OIDC_CLIENT_SECRET", "env:DATABASE");
    environment.put("AGENTOS_OIDC_SCOPES", "email groups");
    environment.put("AGENTOS_OIDC_TENANT", "acme");
    environment.put("AGENTOS_OIDC_TENANT_CLAIM", "org");
    environment.put("AGENTOS_OIDC_ROLE_CLAIM", "groups");
    environment.put("AGENTOS_OIDC_ROLES", "ops=operator; dev=x=developer");
    environment.put("AGENTOS_OIDC_CLOCK_SKEW", "PT30S");
    environment.put("AGENTOS_SESSIONS_IDLE", "PT10M");
    environment.put("AGENTOS_SESSIONS_MOST", "PT1H");
    environment.put("AGENTOS_DATA_DIRECTORY", "~/state");
    environment.put("AGENTOS_DATABASE_URL", "env:DATABASE");
    environment.put("AGENTOS_DATABASE_POOL_MAX", "20");
    environment.put("AGENTOS_PACKS_FOLDERS", "/packs, more-packs");
    environment.put("AGENTOS_POLICIES_FOLDERS", "/policies");
    environment.put("AGENTOS_GATES_FOLDERS", "/gates");
    environment.put("AGENTOS_POLICIES_ENVIRONMENT", "/production");
    environment.put("AGENTOS_MODELS_FOLDERS", "/models");
    environment.put("AGENTOS_MODELS_REPLAY", "tapes/owl.yaml");
    environment.put("AGENTOS_FILES_ROOTS", "~/src,/srv");
    environment.put("AGENTOS_VAULT_MASTER_KEY", "env:DATABASE");
    environment.put("AGENTOS_EGRESS_ALLOW", "localhost:5432, http://[10.0.0.0/8]:8025");
    environment.put("AGENTOS_CHECKPOINTS_KEY", "env:DATABASE");
    environment.put("AGENTOS_CHECKPOINTS_NAME", "audit.example/log");
    environment.put("AGENTOS_CHECKPOINTS_WITNESS", "https://witness.example/add-checkpoint");
    environment.put("AGENTOS_CHECKPOINTS_EVERY", "PT5S");
    environment.put("AGENTOS_CHECKPOINTS_ENTRIES_MAX", "50");
    environment.put("AGENTOS_VAULT_PREVIOUS_MASTER_KEY", "env:DATABASE");
    environment.put("AGENTOS_MAIL_HOST", "smtp.example");
    environment.put("AGENTOS_MAIL_PORT", "465");
    environment.put("AGENTOS_MAIL_TLS", "implicit");
    environment.put("AGENTOS_MAIL_USER", "otter");
    environment.put("AGENTOS_MAIL_PASSWORD", "env:DATABASE");
    environment.put("AGENTOS_MAIL_FROM", "Otter <news@otter.example>");
    environment.put("AGENTOS_AUDIT_FILE", "/var/log/audit.ndjson");
    environment.put("AGENTOS_AUDIT_FILE_BYTES_MAX", "5000000");
    environment.put("AGENTOS_AUDIT_FILES_MAX", "4");
    environment.put("AGENTOS_AUDIT_BEGIN", "head");
    environment.put("AGENTOS_WORKER_TASKS_MAX", "7");
    environment.put("AGENTOS_WORKER_LEASE", "PT5S");
    environment.put("AGENTOS_KILL_TRIGGERS_WINDOW", "PT5M");
    environment.put("AGENTOS_KILL_TRIGGERS_LOOPS", "1");
    environment.put("AGENTOS_KILL_TRIGGERS_GATE_REFUSALS", "2");
    environment.put("AGENTOS_KILL_TRIGGERS_BUDGET_EXCEEDED", "3");
    environment.put("AGENTOS_KILL_TRIGGERS_ERRORS_PERCENT", "40");
    environment.put("AGENTOS_KILL_TRIGGERS_ERRORS_OF", "20");
    environment.put("AGENTOS_KILL_TRIGGERS_ERRORS_MIN", "5");
    environment.put("AGENTOS_PROVIDERS_OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
    environment.put("AGENTOS_PROVIDERS_OPENAI_API_KEY", "file:openai.key");
    environment.put("AGENTOS_PROVIDERS_OPENAI_MODEL", "small");
    environment.put("AGENTOS_PROVIDERS_OPENAI_PRICE", "2.50/0.25/10");
    environment.put("AGENTOS_PROVIDERS_OPENAI_HEADERS", "X-Team: env:DATABASE");
    environment.put("AGENTOS_PROVIDERS_DEEPSEEK_BASE_URL", "https://deepseek.example/");
    environment.put("AGENTOS_PROVIDERS_DEEPSEEK_API_KEY", "env:DATABASE");
    environment.put("AGENTOS_PROVIDERS_DEEPSEEK_MODEL", "big");
    environment.put("AGENTOS_PROVIDERS_DEEPSEEK_PRICE", "0.66/0.022/1.98");
    environment.put("AGENTOS_PROVIDERS_DEEPSEEK_HEADERS", "X-Team: env:DATABASE");
    environment.put("AGENTOS_PROVIDERS_ANTHROPIC_BASE_URL", "https://anthropic.example/");
    environment.put("AGENTOS_PROVIDERS_ANTHROPIC_API_KEY", "env:DATABASE");
    environment.put("AGENTOS_PROVIDERS_ANTHROPIC_MODEL", "c");
    environment.put("AGENTOS_PROVIDERS_ANTHROPIC_PRICE", "0.000001/0.000002/0.000003");
    environment.put("AGENTOS_PROVIDERS_ANTHROPIC_HEADERS", "X-Team: env:DATABASE");
    environment.put("AGENTOS_PROVIDERS_GEMINI_BASE_URL", "https://gemini.example/");
    environment.put("AGENTOS_PROVIDERS_GEMINI_API_KEY", "env:DATABASE");
    environment.put("AGENTOS_PROVIDERS_GEMINI_MODEL", "g");
    environment.put("AGENTOS_PROVIDERS_GEMINI_PRICE", "4/5/6");
    environment.put("AGENTOS_PROVIDERS_GEMINI_HEADERS", "X-Team: env:DATABASE");

    assertThat(environment.keySet()).containsAll(Keys.ALL.stream().map(Key::variable).toList());
    assertEveryKey(folders.load(environment));
  }

  private void assertEveryKey(Config config) {
    Path work = folders.work();
    Path home = folders.home();
    PostgresUrl url =
        new PostgresUrl(
            "jdbc:postgresql://db:6432/agents?sslmode=require",
            "me",
            new Secret("env:DATABASE", "p@ss"));
    assertThat(config)
        .isEqualTo(
            new Config(
                new Config.Server("0.0.0.0", 8080, URI.create("https://agents.example"), 1),
                new Config.Storage(home.resolve("state")),
                new Config.Database(url, 20),
                new Config.Packs(List.of(Path.of("/packs"), work.resolve("more-packs"))),
                new Config.Policies(List.of(Path.of("/policies")), List.of(Path.of("/production"))),
                new Config.Gates(List.of(Path.of("/gates"))),
                new Config.Models(
                    List.of(Path.of("/models")), folders.work().resolve("tapes/owl.yaml")),
                new Config.Files(List.of(home.resolve("src"), Path.of("/srv"))),
                Map.of(
                    "openai",
                    new Config.Provider(
                        URI.create("http://127.0.0.1:1/v1"),
                        new Secret("file:openai.key", "sk-file"),
                        "small",
                        new ExplicitPrice(2_500_000, 250_000, 10_000_000),
                        TEAM),
                    "deepseek",
                    new Config.Provider(
                        URI.create("https://deepseek.example/"),
                        new Secret("env:DATABASE", DATABASE),
                        "big",
                        new ExplicitPrice(660_000, 22_000, 1_980_000),
                        TEAM),
                    "anthropic",
                    new Config.Provider(
                        URI.create("https://anthropic.example/"),
                        new Secret("env:DATABASE", DATABASE),
                        "c",
                        new ExplicitPrice(1, 2, 3),
                        TEAM),
                    "gemini",
                    new Config.Provider(
                        URI.create("https://gemini.example/"),
                        new Secret("env:DATABASE", DATABASE),
                        "g",
                        new ExplicitPrice(4_000_000, 5_000_000, 6_000_000),
                        TEAM)),
                new Config.Vault(
                    new Secret("env:DATABASE", DATABASE), new Secret("env:DATABASE", DATABASE)),
                new Config.Egress(
                    List.of(
                        new EgressRule(false, "localhost", null, 5432),
                        new EgressRule(
                            true,
                            null,
                            new AddressRange(InetAddress.ofLiteral("10.0.0.0"), 8),
                            8025))),
                new Config.Sessions(Duration.ofMinutes(10), Duration.ofHours(1)),
                new CheckpointConfig(
                    new Secret("env:DATABASE", DATABASE),
                    "audit.example/log",
                    URI.create("https://witness.example/add-checkpoint"),
                    Duration.ofSeconds(5),
                    50),
                new AuditConfig(Path.of("/var/log/audit.ndjson"), 5_000_000, 4, "head"),
                new MailConfig(
                    "smtp.example",
                    465,
                    "implicit",
                    "otter",
                    new Secret("env:DATABASE", DATABASE),
                    "Otter <news@otter.example>"),
                new OidcSettings(
                    URI.create("https://people.example"),
                    "agents",
                    new Secret("env:DATABASE", DATABASE),
                    List.of("email", "groups"),
                    "acme",
                    "org",
                    "groups",
                    Map.of("ops", Role.OPERATOR, "dev=x", Role.DEVELOPER),
                    Duration.ofSeconds(30)),
                new Config.Worker(7, Duration.ofSeconds(5)),
                new KillTriggers.Settings(Duration.ofMinutes(5), 1, 2, 3, 40, 20, 5)));
  }
}
