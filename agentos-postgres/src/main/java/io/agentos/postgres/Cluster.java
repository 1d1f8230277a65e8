package io.agentos.postgres;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All that is needed to work on one cluster's data while its directory is locked. */
record Cluster(
    HostTools tools,
    Binaries binaries,
    ClusterDirectory directory,
    Account account,
    ServerLog log) {
  private static final int PASSWORD_BYTES = 32;

  /** Bound of the time that an initdb which was given up has to clean up. */
  private static final Duration STOP = Duration.ofSeconds(5);

  /** Looks at what is there and changes nothing but the log. */
  static Cluster open(HostTools tools, Binaries binaries, ClusterDirectory directory)
      throws IOException {
    directory.requireMajorVersion(binaries.majorVersion());
    Account account = Account.choose(Account.currentUser(), tools, binaries, directory);
    return new Cluster(tools, binaries, directory, account, ServerLog.open(directory, account));
  }

  /** Runs a command beside this JVM in the cluster's account; what it prints goes to the log. */
  Process start(List<String> command) throws IOException {
    return Lifeline.start(tools, account, command, log.path().toFile());
  }

  ClusterProcesses processes() throws IOException {
    return new ClusterProcesses(tools, directory, directory.clusterName());
  }

  /**
   * Makes the data if there is none. It is made under another name and renamed when it is whole, so
   * that whatever ends this JVM in between, the next start begins anew.
   */
  void initialise(Durability durability, Deadline deadline) throws IOException {
    if (directory.hasCluster()) {
      return;
    }
    sweep();
    if (directory.recordedPassword().isEmpty()) {
      writePassword();
    }
    account.own(directory.password());
    Path fresh = Folders.makeBeside(directory.cluster(), "rwx------");
    try {
      account.own(fresh);
      initdb(fresh, durability, deadline);
      Files.move(fresh, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      sweep(fresh);
    }
    Folders.force(directory.root());
  }

  private void initdb(Path fresh, Durability durability, Deadline deadline) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + EmbeddedPostgres.SUPERUSER,
                "--pwfile=" + directory.password(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
    if (durability == Durability.NONE) {
      command.add("--no-sync");
    }
    long from = log.size();
    Process process = start(command);
    try {
      boolean ended = process.waitFor(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new PostgresStartException(
            "initdb could not make %s: %s. Its last lines, from %s:\n%s"
                .formatted(
                    directory.cluster(),
                    ended ? ending(process) : "not done in time",
                    log.path(),
                    log.tail(from)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresStartException("Interrupted while initdb made " + directory.cluster(), e);
    } finally {
      process.getOutputStream().close();
      Deadline.in(STOP).await(() -> !process.isAlive());
      process.destroyForcibly();
    }
  }

  /** How a process ended, with what is known to lead to it. */
  static String ending(Process process) {
    int code = process.exitValue();
    return "exit code "
        + code
        + switch (code) {
          case 126, 127 -> " (the binaries cannot run here; on Linux they need glibc, not musl)";
          case 137 -> " (killed, perhaps for want of memory)";
          default -> "";
        };
  }

  /** Once made it stays: data that was moved away may come back. */
  private void writePassword() throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Path fresh = directory.password().resolveSibling("password.new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh,
        Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n",
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(fresh, directory.password(), StandardCopyOption.ATOMIC_MOVE);
    Folders.force(directory.root());
  }

  private void sweep() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.root())) {
      for (Path entry : entries) {
        if (Folders.isBeside(directory.cluster(), entry)) {
          sweep(entry);
        }
      }
    }
  }

  /** An initdb that lost its JVM may still be about to stop: then a later start sweeps. */
  private static void sweep(Path abandoned) throws IOException {
    try {
      Folders.delete(abandoned);
    } catch (DirectoryNotEmptyException e) {
      System.getLogger(Cluster.class.getName())
          .log(System.Logger.Level.INFO, "Left to a later start path={0}", abandoned);
    }
  }
}
