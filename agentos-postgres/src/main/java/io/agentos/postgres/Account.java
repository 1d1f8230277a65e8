package io.agentos.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The identity that the server runs under, as the start of its command line. Postgres refuses to
 * run as root, so root hands it to another user, or to a user namespace in which root is nobody.
 *
 * @param prefix what stands before the server's own command; empty to run as the JVM does
 * @param owner who must own the server's files where that is not the JVM's user
 */
record Account(List<String> prefix, Optional<ClusterDirectory.Owner> owner) {
  /** The user and group that stand for no rights at all; by custom named nobody. */
  private static final ClusterDirectory.Owner NOBODY = new ClusterDirectory.Owner(65_534, 65_534);

  private static final String REACHES =
      """
      for path do
        [ -x "$path" ] || { echo "cannot enter $path"; exit 1; }
      done
      """;

  Account {
    prefix = List.copyOf(prefix);
  }

  /** The user this JVM runs as. */
  static int currentUser() throws IOException {
    Path self = Path.of("/proc/self");
    if (Files.exists(self)) {
      return ClusterDirectory.Owner.of(self).user();
    }
    Path probe = Files.createTempFile("owner", null);
    try {
      return ClusterDirectory.Owner.of(probe).user();
    } finally {
      Files.delete(probe);
    }
  }

  /** The first identity that can reach the binaries and the data; whoever owns data keeps it. */
  static Account choose(int user, HostTools tools, Binaries binaries, ClusterDirectory directory)
      throws IOException {
    Optional<ClusterDirectory.Owner> owner = directory.clusterOwner();
    if (user != ClusterDirectory.Owner.ROOT) {
      if (owner.isPresent() && owner.get().user() != user) {
        throw new PostgresStartException(
            "%s belongs to user id %d, this process runs as user id %d. Run it as that user, or choose another directory."
                .formatted(directory.cluster(), owner.get().user(), user));
      }
      return new Account(List.of(), Optional.empty());
    }
    List<String> tried = new ArrayList<>();
    for (Account candidate : forRoot(owner, tools, tried)) {
      Optional<String> problem = candidate.problem(binaries, directory);
      if (problem.isEmpty()) {
        return candidate;
      }
      tried.add(candidate.prefix.getFirst() + ": " + problem.get());
    }
    throw new PostgresStartException(
        """
        Postgres cannot run as root, and no other way was found to run it in %s with binaries in %s. \
        Tried %s. Run as an ordinary user, or choose two directories below folders that every user \
        may enter, such as /var/lib/agentos.\
        """
            .formatted(directory.root(), binaries.home(), String.join("; ", tried)));
  }

  /** Makes a file belong to the identity. */
  void own(Path path) throws IOException {
    if (owner.isPresent()) {
      owner.get().take(path);
    }
  }

  private static List<Account> forRoot(
      Optional<ClusterDirectory.Owner> owner, HostTools tools, List<String> tried) {
    List<Account> accounts = new ArrayList<>();
    boolean rootOwns = owner.isPresent() && owner.get().user() == ClusterDirectory.Owner.ROOT;
    if (!rootOwns) {
      tools
          .find("setpriv")
          .ifPresentOrElse(
              program -> accounts.add(user(program, owner.orElse(NOBODY))),
              () -> tried.add("setpriv: not found"));
    }
    if (rootOwns || owner.isEmpty()) {
      tools
          .find("unshare")
          .ifPresentOrElse(
              program -> accounts.add(new Account(List.of(program, "-U"), Optional.empty())),
              () -> tried.add("unshare: not found"));
    }
    return accounts;
  }

  private static Account user(String setpriv, ClusterDirectory.Owner owner) {
    return new Account(
        List.of(setpriv, "--reuid=" + owner.user(), "--regid=" + owner.group(), "--clear-groups"),
        Optional.of(owner));
  }

  private Optional<String> problem(Binaries binaries, ClusterDirectory directory) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of("/bin/sh", "-c", REACHES, "sh", binaries.program("postgres").toString()));
    command.add((directory.hasCluster() ? directory.cluster() : directory.root()).toString());
    return HostTools.complaint(command);
  }
}
