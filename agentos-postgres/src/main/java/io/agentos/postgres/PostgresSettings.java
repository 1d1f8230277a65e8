package io.agentos.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What to start and where.
 *
 * @param directory holds the data, the password and the server's log; made if it is missing. Nobody
 *     else may put files into it
 * @param runtimes holds the unpacked binaries, about 60 MB for each version; made if it is missing,
 *     may be shared by any number of clusters and JVMs, may be deleted while no server runs
 * @param durability what an acknowledged commit is worth after a crash
 * @param startTimeout bound of the whole start, of crash recovery too; at most an hour
 * @param parameters further Postgres parameters by name, which win over the built-in choices;
 *     {@code port} picks the port, else a free one is chosen at each start. Those that the safety
 *     of the data or of the machine hangs on are refused
 */
public record PostgresSettings(
    Path directory,
    Path runtimes,
    Durability durability,
    Duration startTimeout,
    Map<String, String> parameters) {
  static final String PORT = "port";
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration START_TIMEOUT_MAX = Duration.ofHours(1);
  private static final int PARAMETERS_MAX = 100;
  private static final int PARAMETER_CHARACTERS_MAX = 1_000;
  private static final int PORT_MAX = 65_535;
  private static final Set<String> GUARDED =
      Set.of(
          "cluster_name",
          "config_file",
          "data_directory",
          "fsync",
          "full_page_writes",
          "hba_file",
          "ident_file",
          "listen_addresses",
          "log_destination",
          "logging_collector",
          "synchronous_commit",
          "unix_socket_directories");

  /** Makes both paths absolute and checks every value. */
  public PostgresSettings {
    directory = checked("directory", directory);
    runtimes = checked("runtimes", runtimes);
    if (startTimeout.isNegative()
        || startTimeout.isZero()
        || startTimeout.compareTo(START_TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          "startTimeout must be more than zero and at most one hour, was " + startTimeout);
    }
    parameters = Map.copyOf(parameters);
    if (parameters.size() > PARAMETERS_MAX) {
      throw new IllegalArgumentException(
          "At most " + PARAMETERS_MAX + " parameters, were " + parameters.size());
    }
    parameters.forEach(PostgresSettings::check);
  }

  /** A durable cluster in a directory, with every default. */
  public static PostgresSettings of(Path directory, Path runtimes) {
    return new PostgresSettings(directory, runtimes, Durability.FULL, START_TIMEOUT, Map.of());
  }

  /** The same settings with another durability. */
  public PostgresSettings withDurability(Durability changed) {
    return new PostgresSettings(directory, runtimes, changed, startTimeout, parameters);
  }

  /** The same settings with another bound of the start. */
  public PostgresSettings withStartTimeout(Duration changed) {
    return new PostgresSettings(directory, runtimes, durability, changed, parameters);
  }

  /** The same settings with one more Postgres parameter, or another value of it. */
  public PostgresSettings withParameter(String name, String value) {
    Map<String, String> changed = new HashMap<>(parameters);
    changed.put(name, value);
    return new PostgresSettings(directory, runtimes, durability, startTimeout, changed);
  }

  private static Path checked(String name, Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (absolute.getParent() == null) {
      throw new IllegalArgumentException(name + " must not be the root of the file system");
    }
    if (absolute.toString().chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + " must not hold control characters");
    }
    return absolute;
  }

  private static void check(String name, String value) {
    if (GUARDED.contains(name)) {
      throw new IllegalArgumentException("Parameter " + name + " is not yours to set");
    }
    if (!name.matches("[a-z][a-z0-9_.]{0,62}")) {
      throw new IllegalArgumentException("Not the name of a Postgres parameter: " + name);
    }
    if (value.length() > PARAMETER_CHARACTERS_MAX
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The value of parameter " + name + " is too long or holds control characters");
    }
    if (name.equals(PORT) && !isPort(value)) {
      throw new IllegalArgumentException("port must be 1 to " + PORT_MAX + ", was " + value);
    }
  }

  private static boolean isPort(String value) {
    return value.matches("[0-9]{1,5}")
        && Integer.parseInt(value) >= 1
        && Integer.parseInt(value) <= PORT_MAX;
  }
}
