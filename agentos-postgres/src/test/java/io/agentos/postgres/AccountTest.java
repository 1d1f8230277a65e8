package io.agentos.postgres;

import static io.agentos.postgres.Fixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The users that a server runs as. Those that need root are skipped without. */
final class AccountTest {
  private static final ClusterDirectory.Owner NOBODY = new ClusterDirectory.Owner(65_534, 65_534);
  private static final ClusterDirectory.Owner SOMEBODY = new ClusterDirectory.Owner(12_345, 12_346);

  private static Path runtimes;

  /** A copy of the binaries: those in the build's folder may be below a closed one. */
  @BeforeAll
  static void copyRuntimes(@TempDir Path folder) throws IOException {
    Fixture.open(folder);
    runtimes = folder.resolve("runtimes");
    Binaries.install(Fixture.TOOLS, Fixture.RUNTIMES);
    copy(Fixture.RUNTIMES.toString(), runtimes.toString());
  }

  @Test
  void root_whereEveryoneMayEnter_runsItAsNobody(@TempDir Path folder)
      throws IOException, SQLException {
    assumeRoot("setpriv");
    Fixture.open(folder);
    assertRunsAs(NOBODY, settings(folder));
    assertRunsAs(NOBODY, settings(folder));
    assertThat(ClusterDirectory.Owner.of(folder.resolve("data/cluster"))).isEqualTo(NOBODY);
    assertThat(Fixture.mode(folder.resolve("data/password"))).isEqualTo("rw-------");
  }

  @Test
  void root_whereOnlyRootMayEnter_runsItInAUserNamespace(@TempDir Path folder)
      throws IOException, SQLException {
    assumeRoot("unshare");
    assumeTrue(
        HostTools.complaint(List.of("/usr/bin/unshare", "-U", "/bin/true")).isEmpty(),
        "Needs user namespaces");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    ClusterDirectory.Owner root = new ClusterDirectory.Owner(0, 0);
    assertRunsAs(root, settings(folder));
    Fixture.open(folder);
    assertRunsAs(root, settings(folder));
    assertThat(ClusterDirectory.Owner.of(folder.resolve("data/cluster"))).isEqualTo(root);
  }

  @Test
  void root_onTheDataOfAUser_runsItAsThatUser(@TempDir Path folder)
      throws IOException, SQLException {
    assumeRoot("setpriv");
    Fixture.open(folder);
    Path data = Fixture.prepared(Files.createDirectory(folder.resolve("data")));
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.toList()) {
        SOMEBODY.take(path);
      }
    }
    assertRunsAs(SOMEBODY, settings(folder));
    assertThat(ClusterDirectory.Owner.of(data.resolve("server.log"))).isEqualTo(SOMEBODY);
  }

  @Test
  void root_whereNothingWorks_isToldWhatWasTried(@TempDir Path folder) throws IOException {
    ClusterDirectory directory = Fixture.directory(folder);
    Binaries binaries = new Binaries(Path.of("/nowhere"));
    assertThatThrownBy(() -> Account.choose(0, new HostTools(List.of()), binaries, directory))
        .isInstanceOf(PostgresStartException.class)
        .hasMessage(
            "Postgres cannot run as root, and no other way was found to run it in "
                + directory.root()
                + " with binaries in /nowhere. Tried setpriv: not found; unshare: not found. Run"
                + " as an ordinary user, or choose two directories below folders that every user"
                + " may enter, such as /var/lib/agentos.");
  }

  @Test
  void root_whereTheBinariesCannotBeReached_isToldWhichPath(@TempDir Path folder)
      throws IOException {
    assumeRoot("setpriv");
    ClusterDirectory directory = Fixture.directory(folder);
    Binaries binaries = new Binaries(Path.of("/nowhere"));
    assertThatThrownBy(() -> Account.choose(0, Fixture.TOOLS, binaries, directory))
        .isInstanceOf(PostgresStartException.class)
        .hasMessageContaining(
            "Tried /usr/bin/setpriv: cannot enter /nowhere/bin/postgres; /usr/bin/unshare: ");
  }

  @Test
  void user_onTheDataOfAnother_isRefused(@TempDir Path folder) throws IOException {
    ClusterDirectory directory = Fixture.directory(folder);
    Files.createDirectory(directory.cluster());
    int owner = Account.currentUser();
    assertThatThrownBy(() ->
            Account.choose(owner + 1, Fixture.TOOLS, new Binaries(Path.of("/nowhere")), directory))
        .isInstanceOf(PostgresStartException.class)
        .hasMessage(
            "%s belongs to user id %d, this process runs as user id %d. Run it as that user, or choose another directory."
                .formatted(directory.cluster(), owner, owner + 1));
  }

  @Test
  void user_runsItAsItself(@TempDir Path folder) throws IOException, SQLException {
    if (Account.currentUser() != ClusterDirectory.Owner.ROOT) {
      assertRunsAs(ClusterDirectory.Owner.of(folder), settings(folder));
      return;
    }
    assumeRoot("setpriv");
    Fixture.open(folder);
    Path home = Files.createDirectory(folder.resolve("home"));
    NOBODY.take(home);
    List<String> user =
        List.of(
            Fixture.TOOLS.find("setpriv").orElseThrow(),
            "--reuid=" + NOBODY.user(),
            "--regid=" + NOBODY.group(),
            "--clear-groups");
    String classPath = copyOfClassPath(Files.createDirectory(folder.resolve("classes")));
    for (int start = 0; start < 2; start++) {
      try (ChildJvm child =
          ChildJvm.start(user, classPath, home.resolve("data"), runtimes, "close")) {
        child.await("ready");
        assertThat(processOwner(home.resolve("data"))).isEqualTo(NOBODY);
        assertThat(Fixture.mode(home.resolve("data"))).isEqualTo("rwx------");
        child.endInput();
        assertThat(child.awaitExit()).isEqualTo(0);
      }
    }
    assertThat(ClusterDirectory.Owner.of(home.resolve("data/cluster"))).isEqualTo(NOBODY);
  }

  private static void assumeRoot(String program) throws IOException {
    assumeTrue(Account.currentUser() == ClusterDirectory.Owner.ROOT, "Needs root");
    assumeTrue(Fixture.TOOLS.find(program).isPresent(), "Needs " + program);
  }

  private static PostgresSettings settings(Path folder) {
    return PostgresSettings.of(folder.resolve("data"), runtimes);
  }

  private static void assertRunsAs(ClusterDirectory.Owner owner, PostgresSettings settings)
      throws IOException, SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
      assertThat(processOwner(settings.directory())).isEqualTo(owner);
    }
  }

  private static ClusterDirectory.Owner processOwner(Path data) throws IOException {
    Path process = Path.of("/proc", Long.toString(Fixture.serverPid(data)));
    assumeTrue(Files.exists(process), "Linux only");
    return ClusterDirectory.Owner.of(process);
  }

  /** The user may not read what root's build uses. */
  private static String copyOfClassPath(Path target) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      Path copy = target.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      copy(entry, copy.toString());
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(String from, String to) {
    Optional<String> problem = HostTools.complaint(List.of("/bin/cp", "-a", from, to));
    assertThat(problem).isEmpty();
  }
}
