package io.agentos.server.config;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.killswitch.KillTriggers;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration from what was set, the later winning: defaults, one {@code agentos.yaml},
 * environment variables, flags.
 *
 * <p>The file is the one asked for, else the one {@code AGENTOS_CONFIG} names, else {@code
 * agentos.yaml} in the working directory, else the one in the data directory. An unknown key or
 * {@code AGENTOS_} variable and a wrong value stop it with INVALID_DEFINITION and all problems.
 */
public final class ConfigLoader {
  private static final String FILE_NAME = "agentos.yaml";
  private static final String PREFIX = "AGENTOS_";
  private static final int PROBLEMS_MAX = 20;

  /** Variables that Kubernetes sets for each service whose name begins with {@code agentos}. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("AGENTOS_(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT(_[0-9]+_(TCP|UDP)(_.+)?)?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp)://.*");

  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final Path home;

  /** A value given on the command line, such as {@code --port} for {@code server.port}. */
  public record Flag(String name, String path, String value) {}

  public ConfigLoader(Map<String, String> environment, Path workingDirectory, Path home) {
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory;
    this.home = home;
  }

  /**
   * The configuration.
   *
   * @param file the file asked for; null for none
   * @throws AgentOsException INVALID_DEFINITION with every problem on a line of its own
   */
  public Config load(@Nullable Path file, List<Flag> flags) {
    List<String> problems = new ArrayList<>();
    Map<String, Setting> set = new HashMap<>();
    List<Setting> above = new ArrayList<>(fromEnvironment(problems));
    for (Flag flag : flags) {
      above.add(new Setting(flag.path(), values(flag.path(), flag.value()), origin(flag.name())));
    }
    Map<String, Setting> withoutFile = new HashMap<>();
    above.forEach(setting -> withoutFile.put(setting.path(), setting));
    file(file, withoutFile, problems)
        .ifPresent(found ->
            ConfigFile.read(found, problems).forEach(setting -> set.put(setting.path(), setting)));
    set.putAll(withoutFile);
    Config config = read(new Settings(set, environment, workingDirectory, home, problems));
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
    return config;
  }

  private static Config read(Settings settings) {
    Map<String, Config.Provider> providers = new TreeMap<>();
    for (String name : Keys.PROVIDERS) {
      settings.together(Keys.price(name), Keys.model(name));
      providers.put(
          name,
          new Config.Provider(
              settings.webAddress(Keys.baseUrl(name)),
              settings.secret(Keys.apiKey(name)),
              settings.text(Keys.model(name)),
              settings.price(Keys.price(name)),
              settings.headers(Keys.headers(name))));
    }
    return new Config(
        server(settings),
        new Config.Storage(settings.folder(Keys.DATA_DIRECTORY)),
        new Config.Database(
            settings.postgres(Keys.DATABASE_URL), settings.number(Keys.DATABASE_POOL_MAX)),
        new Config.Packs(settings.folders(Keys.PACKS_FOLDERS)),
        new Config.Policies(
            settings.folders(Keys.POLICIES_FOLDERS), settings.folders(Keys.POLICIES_ENVIRONMENT)),
        new Config.Gates(settings.folders(Keys.GATES_FOLDERS)),
        new Config.Models(
            settings.folders(Keys.MODELS_FOLDERS), settings.place(Keys.MODELS_REPLAY)),
        new Config.Files(settings.folders(Keys.FILES_ROOTS)),
        providers,
        new Config.Vault(
            settings.secret(Keys.VAULT_MASTER_KEY),
            settings.secret(Keys.VAULT_PREVIOUS_MASTER_KEY)),
        new Config.Egress(settings.destinations(Keys.EGRESS_ALLOW)),
        new Config.Sessions(settings.time(Keys.SESSIONS_IDLE), settings.time(Keys.SESSIONS_MOST)),
        checkpoints(settings),
        audit(settings),
        MailConfig.of(settings),
        oidc(settings),
        new Config.Worker(settings.number(Keys.WORKER_TASKS_MAX), settings.time(Keys.WORKER_LEASE)),
        killTriggers(settings));
  }

  private static Config.Server server(Settings settings) {
    String host = settings.text(Keys.SERVER_HOST);
    return new Config.Server(
        host == null ? Keys.SERVER_HOST.fallback() : host,
        settings.number(Keys.SERVER_PORT),
        settings.webAddress(Keys.SERVER_PUBLIC_URL),
        settings.number(Keys.SERVER_PROXIES));
  }

  private static CheckpointConfig checkpoints(Settings settings) {
    return new CheckpointConfig(
        settings.secret(Keys.CHECKPOINTS_KEY),
        settings.logName(Keys.CHECKPOINTS_NAME),
        settings.webAddress(Keys.CHECKPOINTS_WITNESS),
        settings.time(Keys.CHECKPOINTS_EVERY),
        settings.number(Keys.CHECKPOINTS_ENTRIES_MAX));
  }

  private static AuditConfig audit(Settings settings) {
    return new AuditConfig(
        settings.place(Keys.AUDIT_FILE),
        settings.number(Keys.AUDIT_FILE_BYTES_MAX),
        settings.number(Keys.AUDIT_FILES_MAX),
        settings.oneOf(Keys.AUDIT_BEGIN));
  }

  private static @Nullable OidcSettings oidc(Settings settings) {
    settings.complete(Keys.OIDC_ISSUER, Keys.OIDC_CLIENT_ID, Keys.OIDC_CLIENT_SECRET);
    settings.complete(Keys.OIDC_ROLES, Keys.OIDC_ROLE_CLAIM);
    URI issuer = settings.webAddress(Keys.OIDC_ISSUER);
    String clientId = settings.text(Keys.OIDC_CLIENT_ID);
    Secret clientSecret = settings.secret(Keys.OIDC_CLIENT_SECRET);
    Map<String, Role> roles = settings.roles(Keys.OIDC_ROLES);
    String scopes = Objects.requireNonNullElse(settings.text(Keys.OIDC_SCOPES), "");
    String tenant = Objects.requireNonNullElse(settings.text(Keys.OIDC_TENANT), "default");
    String tenantClaim = Objects.requireNonNullElse(settings.text(Keys.OIDC_TENANT_CLAIM), "");
    String roleClaim = Objects.requireNonNullElse(settings.text(Keys.OIDC_ROLE_CLAIM), "");
    if (issuer == null || clientId == null || clientSecret == null) {
      return null;
    }
    return new OidcSettings(
        issuer,
        clientId,
        clientSecret,
        List.of(scopes.strip().split("\\s+", -1)),
        tenant,
        tenantClaim,
        roleClaim,
        roles,
        settings.time(Keys.OIDC_CLOCK_SKEW));
  }

  private static KillTriggers.Settings killTriggers(Settings settings) {
    return new KillTriggers.Settings(
        settings.time(Keys.KILL_WINDOW),
        settings.number(Keys.KILL_LOOPS),
        settings.number(Keys.KILL_GATE_REFUSALS),
        settings.number(Keys.KILL_BUDGET_EXCEEDED),
        settings.number(Keys.KILL_ERRORS_PERCENT),
        settings.number(Keys.KILL_ERRORS_OF),
        settings.number(Keys.KILL_ERRORS_MIN));
  }

  private List<Setting> fromEnvironment(List<String> problems) {
    Map<String, Key> byVariable = new LinkedHashMap<>();
    Keys.ALL.forEach(key -> key.alias().ifPresent(alias -> byVariable.put(alias, key)));
    Keys.ALL.forEach(key -> byVariable.put(key.variable(), key));
    List<Setting> settings = new ArrayList<>();
    byVariable.forEach((variable, key) -> {
      String value = environment.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        settings.add(new Setting(key.path(), values(key.path(), value), origin(variable)));
      }
    });
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          if (!byVariable.containsKey(variable) && !expected(variable, value)) {
            problems.add(unknown(variable, byVariable));
          }
        });
    return settings;
  }

  private static boolean expected(String variable, String value) {
    return !variable.startsWith(PREFIX)
        || Keys.OTHER_VARIABLES.contains(variable)
        || (SERVICE_LINK.matcher(variable).matches()
            && (variable.contains("_SERVICE_")
                || variable.matches(".*_PORT_[0-9]+_.*")
                || SERVICE_ADDRESS.matcher(value).matches()));
  }

  private static String unknown(String variable, Map<String, Key> byVariable) {
    List<String> names =
        Stream.concat(byVariable.keySet().stream(), Keys.OTHER_VARIABLES.stream())
            .filter(name -> name.startsWith(PREFIX))
            .map(name -> name.substring(PREFIX.length()))
            .toList();
    return KnownNames.nearest(variable.substring(PREFIX.length()), names)
        .map(name ->
            "%s: unknown variable; the nearest known one is %s.".formatted(variable, PREFIX + name))
        .orElse("%s: unknown variable.".formatted(variable));
  }

  private Optional<Path> file(
      @Nullable Path asked, Map<String, Setting> set, List<String> problems) {
    String named = environment.getOrDefault("AGENTOS_CONFIG", "");
    if (asked != null || !named.isEmpty()) {
      Path file = workingDirectory.resolve(asked != null ? asked : Path.of(named));
      if (!Files.isRegularFile(file)) {
        problems.add(
            "%s: there is no file %s."
                .formatted(asked != null ? "--config" : "AGENTOS_CONFIG", file));
        return Optional.empty();
      }
      return Optional.of(file);
    }
    Path data =
        new Settings(set, environment, workingDirectory, home, new ArrayList<>())
            .folder(Keys.DATA_DIRECTORY);
    return Stream.of(workingDirectory.resolve(FILE_NAME), data.resolve(FILE_NAME))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static List<String> values(String path, String value) {
    boolean list =
        Keys.ALL.stream()
            .anyMatch(key ->
                key.path().equals(path)
                    && (key.kind() instanceof Kind.Folders
                        || key.kind() instanceof Kind.Destinations));
    return list ? Stream.of(value.split(",", -1)).map(String::strip).toList() : List.of(value);
  }

  private Setting.Origin origin(String name) {
    return new Setting.Origin(name, workingDirectory, false);
  }

  private static AgentOsException refused(List<String> problems) {
    List<String> shown = problems.subList(0, Math.min(PROBLEMS_MAX, problems.size()));
    return new AgentOsException(
        ErrorCode.INVALID_DEFINITION,
        "The configuration is wrong:\n  " + String.join("\n  ", shown));
  }
}
