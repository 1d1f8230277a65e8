package io.agentos.server.config;

import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.killswitch.KillTriggers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything the server is told before it starts, by section; docs/configuration.md lists the keys.
 *
 * <p>Immutable. Every section checks itself when made and throws INVALID_DEFINITION naming the key,
 * what was found and what is allowed.
 */
public record Config(
    Server server,
    Storage data,
    Database database,
    Packs packs,
    Policies policies,
    Gates gates,
    Models models,
    Files files,
    Map<String, Provider> providers,
    Vault vault,
    Egress egress,
    Sessions sessions,
    CheckpointConfig checkpoints,
    AuditConfig audit,
    MailConfig mail,
    @Nullable OidcSettings oidcOrNull,
    Worker worker,
    KillTriggers.Settings killTriggers) {

  public Config {
    providers = Map.copyOf(providers);
    if (!providers.keySet().equals(Set.copyOf(Keys.PROVIDERS))) {
      throw new IllegalArgumentException("providers are exactly " + Keys.PROVIDERS);
    }
  }

  /**
   * Where the server listens.
   *
   * @param port 0 takes a free port
   * @param publicUrlOrNull where browsers reach it; null where they use the host itself
   * @param proxies how many stand before it and append to X-Forwarded-For
   */
  public record Server(String host, int port, @Nullable URI publicUrlOrNull, int proxies) {
    public Server {
      Keys.SERVER_HOST.check(host);
      Keys.SERVER_PORT.check((long) port);
      Keys.SERVER_PROXIES.check((long) proxies);
      if (publicUrlOrNull != null) {
        Keys.SERVER_PUBLIC_URL.check(publicUrlOrNull);
      }
    }

    /** A server that browsers reach where it listens. */
    public Server(String host, int port) {
      this(host, port, null, 0);
    }
  }

  /**
   * Where the server keeps what it must not lose.
   *
   * @param directory absolute; holds the embedded Postgres, {@code admin.key} and {@code
   *     server.json}
   */
  public record Storage(Path directory) {
    public Storage {
      Keys.DATA_DIRECTORY.check(directory);
    }

    /** The file that holds the key made for the first administrator. */
    public Path adminKeyFile() {
      return directory.resolve("admin.key");
    }

    /** The file that holds the key which wraps all others, where none is configured. */
    public Path masterKeyFile() {
      return directory.resolve("master.key");
    }

    /** The file that holds the key which signs checkpoints, where none is configured. */
    public Path checkpointKeyFile() {
      return directory.resolve("checkpoint.key");
    }

    /** The folder of the checkpoints and trees of all audit logs. */
    public Path checkpointsFolder() {
      return directory.resolve("checkpoints");
    }

    /** The file in which a running server says where it listens. */
    public Path serverFile() {
      return directory.resolve("server.json");
    }
  }

  /**
   * The Postgres to use.
   *
   * @param urlOrNull null for the embedded one
   * @param poolMax connections of this server
   */
  public record Database(@Nullable PostgresUrl urlOrNull, int poolMax) {
    public Database {
      Keys.DATABASE_POOL_MAX.check((long) poolMax);
    }

    /** The Postgres to use; empty for the embedded one. */
    public Optional<PostgresUrl> url() {
      return Optional.ofNullable(urlOrNull);
    }
  }

  /** Folders of packs besides the built-in ones; absolute. */
  public record Packs(List<Path> folders) {
    public Packs {
      folders = List.copyOf(folders);
      Keys.PACKS_FOLDERS.check(folders);
    }
  }

  /**
   * Folders of policies besides the built-in ones; absolute.
   *
   * @param environment those of where the server stands
   */
  public record Policies(List<Path> folders, List<Path> environment) {
    public Policies {
      folders = List.copyOf(folders);
      environment = List.copyOf(environment);
      Keys.POLICIES_FOLDERS.check(folders);
      Keys.POLICIES_ENVIRONMENT.check(environment);
    }
  }

  /** Folders of gates besides the built-in ones; absolute. */
  public record Gates(List<Path> folders) {
    public Gates {
      folders = List.copyOf(folders);
      Keys.GATES_FOLDERS.check(folders);
    }
  }

  /**
   * Which models are known, and whether any is asked.
   *
   * @param folders folders of models besides the built-in ones; absolute. A later one wins
   * @param replayOrNull recordings to play in place of all models, a file or a folder; absolute
   */
  public record Models(List<Path> folders, @Nullable Path replayOrNull) {
    public Models {
      folders = List.copyOf(folders);
      Keys.MODELS_FOLDERS.check(folders);
      if (replayOrNull != null) {
        Keys.MODELS_REPLAY.check(replayOrNull);
      }
    }

    /** The recordings to play in place of all models; empty where models are asked. */
    public Optional<Path> replay() {
      return Optional.ofNullable(replayOrNull);
    }
  }

  /** Folders that tools may read files in; absolute. */
  public record Files(List<Path> roots) {
    public Files {
      roots = List.copyOf(roots);
      Keys.FILES_ROOTS.check(roots);
    }
  }

  /**
   * Where the key is that wraps all others.
   *
   * @param masterKeyOrNull null for the one kept in the data directory
   * @param previousOrNull the one before it, while keys are wrapped anew; null for none
   */
  public record Vault(@Nullable Secret masterKeyOrNull, @Nullable Secret previousOrNull) {
    /** The key to use; empty for the one kept in the data directory. */
    public Optional<Secret> masterKey() {
      return Optional.ofNullable(masterKeyOrNull);
    }

    /** The key before it; empty for none. */
    public Optional<Secret> previousMasterKey() {
      return Optional.ofNullable(previousOrNull);
    }
  }

  /** Where connections to hosts that tasks and tenants name may go although it is inside. */
  public record Egress(List<EgressRule> allow) {
    public Egress {
      allow = List.copyOf(allow);
      Keys.EGRESS_ALLOW.check(allow);
    }
  }

  /**
   * How long people stay signed in.
   *
   * @param idle without use
   * @param most at all
   */
  public record Sessions(Duration idle, Duration most) {
    public Sessions {
      Keys.SESSIONS_IDLE.check(idle);
      Keys.SESSIONS_MOST.check(most);
    }
  }

  /** The OpenID provider people sign in at; empty for none. */
  public Optional<OidcSettings> oidc() {
    return Optional.ofNullable(oidcOrNull);
  }

  /**
   * One provider of models.
   *
   * @param baseUrlOrNull null for the vendor's own
   * @param apiKeyOrNull null for none
   * @param modelOrNull null for the adapter's choice
   * @param priceOrNull null where the catalogue says what the model costs
   * @param headers sent with each call beside the key, by name
   */
  public record Provider(
      @Nullable URI baseUrlOrNull,
      @Nullable Secret apiKeyOrNull,
      @Nullable String modelOrNull,
      @Nullable ExplicitPrice priceOrNull,
      Map<String, Secret> headers) {
    public Provider {
      headers = Map.copyOf(headers);
    }

    /** Where the provider's API begins; empty for the vendor's own. */
    public Optional<URI> baseUrl() {
      return Optional.ofNullable(baseUrlOrNull);
    }

    /** The key sent to the provider; empty for none, as local servers need none. */
    public Optional<Secret> apiKey() {
      return Optional.ofNullable(apiKeyOrNull);
    }

    /** The model to use where an agent names only the provider. */
    public Optional<String> model() {
      return Optional.ofNullable(modelOrNull);
    }

    /** What the model costs; empty where the catalogue says so. */
    public Optional<ExplicitPrice> price() {
      return Optional.ofNullable(priceOrNull);
    }

    /** Whether it can be called: it has a key, or a base URL of a server that may need none. */
    public boolean configured() {
      return apiKeyOrNull != null || baseUrlOrNull != null;
    }
  }

  /**
   * How this server works on tasks.
   *
   * @param tasksMax tasks that run at one time
   * @param lease how long a task stays with a server that no longer answers
   */
  public record Worker(int tasksMax, Duration lease) {
    public Worker {
      Keys.WORKER_TASKS_MAX.check((long) tasksMax);
      Keys.WORKER_LEASE.check(lease);
    }
  }

  /** The provider of this name: anthropic, deepseek, gemini or openai. */
  public Provider provider(String name) {
    Provider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException("no provider is named " + name);
    }
    return provider;
  }
}
