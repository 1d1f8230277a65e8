package io.agentos.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Postgres parameters of a server, all given on the command line: there they win over the files
 * in the data folder, and a release that changes one changes it for every cluster.
 */
final class ServerParameters {
  /** For one application on a small machine: short transactions, no parallel plans, no replicas. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("max_connections", "60"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("work_mem", "8MB"),
          Map.entry("max_wal_size", "512MB"),
          Map.entry("min_wal_size", "64MB"),
          Map.entry("random_page_cost", "1.1"),
          Map.entry("jit", "off"),
          Map.entry("io_method", "sync"),
          Map.entry("max_parallel_workers_per_gather", "0"),
          Map.entry("max_parallel_maintenance_workers", "0"),
          Map.entry("max_logical_replication_workers", "0"),
          Map.entry("client_connection_check_interval", "2s"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("log_line_prefix", "%m [%p] "),
          Map.entry("log_checkpoints", "off"),
          // The application sees its errors; their details and statements hold its users' data.
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("log_min_error_statement", "panic"));

  private ServerParameters() {}

  static List<String> arguments(
      PostgresSettings settings, Platform platform, String clusterName, int port) {
    Map<String, String> parameters = new LinkedHashMap<>(DEFAULTS);
    if (platform.mac() && settings.durability() == Durability.FULL) {
      // Without it macOS leaves commits in the drive's own cache.
      parameters.put("wal_sync_method", "fsync_writethrough");
    }
    parameters.putAll(settings.parameters());
    parameters.putAll(settings.durability().parameters());
    parameters.put(PostgresSettings.PORT, Integer.toString(port));
    parameters.put("listen_addresses", EmbeddedPostgres.HOST);
    parameters.put("unix_socket_directories", "");
    parameters.put("logging_collector", "off");
    parameters.put("log_destination", "stderr");
    parameters.put("cluster_name", clusterName);
    List<String> arguments = new ArrayList<>();
    parameters.forEach((name, value) -> {
      arguments.add("-c");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }
}
