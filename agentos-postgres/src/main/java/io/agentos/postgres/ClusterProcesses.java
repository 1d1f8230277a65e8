package io.agentos.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The processes that work on one cluster, whichever JVM started them, and how they are ended. */
record ClusterProcesses(HostTools tools, ClusterDirectory directory, String clusterName) {
  /** Bound of a shutdown that writes a checkpoint. */
  static final Duration FAST = Duration.ofSeconds(20);

  /** Bound of a shutdown that leaves the rest to crash recovery. */
  static final Duration IMMEDIATE = Duration.ofSeconds(3);

  static final Duration KILLED = Duration.ofSeconds(5);
  private static final System.Logger LOG = System.getLogger(ClusterProcesses.class.getName());

  /**
   * Ends whatever works on the cluster, as gently as the deadline allows, and removes the process
   * file it left. Call it only under the directory's lock. Without a process file nothing is looked
   * for: a server leaves it behind however it is killed.
   */
  void end(Deadline deadline) throws IOException {
    if (Files.notExists(directory.processFile())) {
      return;
    }
    refuseForeignServer();
    List<Long> servers = pids(process -> process.isServer(clusterName));
    if (!servers.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "Stopping a Postgres server pid={0}", servers);
      HostTools.signal("INT", withoutChildren(servers));
      deadline.orIn(FAST).await(() -> pids(process -> process.isServer(clusterName)).isEmpty());
    }
    endByForce("QUIT", IMMEDIATE);
    endByForce("KILL", KILLED);
    List<Long> left = pids(this::owns);
    if (!left.isEmpty()) {
      throw new PostgresStartException(
          "Processes %s still work on %s and cannot be ended. End them, then start again."
              .formatted(left, directory.cluster()));
    }
    Files.deleteIfExists(directory.processFile());
  }

  /** A child that was forked a moment ago still shows its parent's command line. */
  private static List<Long> withoutChildren(List<Long> servers) {
    return servers.stream()
        .filter(pid ->
            ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .filter(parent -> servers.contains(parent.pid()))
                .isEmpty())
        .toList();
  }

  private void endByForce(String signal, Duration wait) {
    List<Long> left = pids(this::owns);
    if (left.isEmpty()) {
      return;
    }
    LOG.log(System.Logger.Level.WARNING, "Ending a Postgres server by force pid={0}", left);
    HostTools.signal(signal, left);
    Deadline.in(wait).await(() -> pids(this::owns).isEmpty());
  }

  /**
   * A server that nobody here started is somebody's work: it is not ended, nor its file removed.
   */
  private void refuseForeignServer() {
    Optional<ProcessFile> recorded = ProcessFile.read(directory.processFile());
    if (recorded.isEmpty()) {
      return;
    }
    List<Long> foreign =
        pids(process ->
            process.pid() == recorded.get().pid()
                && process.isServerOn(directory.cluster())
                && !process.isServer(clusterName));
    if (!foreign.isEmpty()) {
      throw new PostgresStartException(
          "Process %d runs a Postgres server on %s that was started by other means. Stop it, then start again."
              .formatted(foreign.getFirst(), directory.cluster()));
    }
  }

  private boolean owns(RunningProcess process) {
    return process.isServer(clusterName) || process.isServersChild(clusterName);
  }

  private List<Long> pids(Predicate<RunningProcess> wanted) {
    return RunningProcess.all(tools).stream().filter(wanted).map(RunningProcess::pid).toList();
  }
}
