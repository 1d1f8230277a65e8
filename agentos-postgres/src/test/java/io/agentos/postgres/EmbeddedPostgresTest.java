package io.agentos.postgres;

import static io.agentos.postgres.Fixture.ask;
import static io.agentos.postgres.Fixture.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server is like, asked of one that was made for it. */
final class EmbeddedPostgresTest {
  private static EmbeddedPostgres postgres;
  private static Path directory;

  @BeforeAll
  static void start(@TempDir Path folder) {
    directory = folder.resolve("it's \"odd\" $(touch pwned) & ; folder");
    postgres =
        EmbeddedPostgres.start(
            Fixture.durable(directory).withParameter("application.name", "two words"));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void commits_byDefault_areForcedToDisk() throws SQLException {
    assertThat(ask(postgres, "show fsync")).isEqualTo("on");
    assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
    assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
    assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
  }

  @Test
  void text_byDefault_isUnicodeOrderedTheSameEverywhere() throws SQLException {
    assertThat(ask(postgres, "show server_encoding")).isEqualTo("UTF8");
    assertThat(
            ask(
                postgres,
                "select datlocprovider::text || ' ' || datlocale from pg_database where datname ="
                    + " current_database()"))
        .isEqualTo("b C.UTF-8");
    assertThat(ask(postgres, "select upper('ä')")).isEqualTo("Ä");
    assertThat(ask(postgres, "show log_timezone")).isEqualTo("UTC");
  }

  @Test
  void parameters_byDefault_suitASmallMachine() throws SQLException {
    assertThat(ask(postgres, "show server_version")).startsWith("18.");
    assertThat(ask(postgres, "show shared_buffers")).isEqualTo("128MB");
    assertThat(ask(postgres, "show max_connections")).isEqualTo("60");
    assertThat(ask(postgres, "show max_wal_size")).isEqualTo("512MB");
    assertThat(ask(postgres, "show jit")).isEqualTo("off");
    assertThat(ask(postgres, "show client_connection_check_interval")).isEqualTo("2s");
    assertThat(ask(postgres, "show application.name")).isEqualTo("two words");
  }

  @Test
  void connection_withoutThePassword_isRefused() {
    assertThatThrownBy(() -> connectWith("wrong"))
        .hasMessage("FATAL: password authentication failed for user \"postgres\"");
    assertThatThrownBy(() -> connectWith(""))
        .hasMessageContaining("The server requested SCRAM-based authentication");
  }

  @Test
  void password_isLongAndKeptPrivately() throws IOException, SQLException {
    assertThat(postgres.password()).matches("[A-Za-z0-9_-]{43}");
    assertThat(Files.readString(directory.resolve("password")))
        .isEqualTo(postgres.password() + "\n");
    assertThat(mode(directory.resolve("password"))).isEqualTo("rw-------");
    assertThat(ask(postgres, "select left(rolpassword, 14) from pg_authid where rolcanlogin"))
        .isEqualTo("SCRAM-SHA-256$");
  }

  @Test
  void address_ofARunningServer_isKnownToWhoMayReadItsDirectory(@TempDir Path empty) {
    assertThat(EmbeddedPostgres.address(directory))
        .contains(
            "postgres://postgres:%s@127.0.0.1:%d"
                .formatted(
                    URLEncoder.encode(postgres.password(), StandardCharsets.UTF_8),
                    postgres.port()));
    assertThat(EmbeddedPostgres.address(empty)).isEmpty();
  }

  @Test
  void files_ofTheCluster_areClosedToOthers() throws IOException {
    assertThat(mode(directory.resolve("cluster"))).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("server.log"))).isEqualTo("rw-------");
    assertThat(mode(directory.resolve("lock"))).isEqualTo("rw-------");
    assertThat(mode(directory)).isIn("rwx------", "rwx--x--x");
  }

  @Test
  void server_listensOnLoopbackOnly() throws IOException, SQLException {
    assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(ask(postgres, "show unix_socket_directories")).isEmpty();
    for (InetAddress address : ownAddresses()) {
      assertThatThrownBy(
              () -> {
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress(address, postgres.port()), 2_000);
                }
              })
          .as("connecting to %s", address)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void server_inTheKernelsTable_hasOneListener() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "Linux only");
    String port = ":%04X".formatted(postgres.port());
    assertThat(listeners("tcp", port)).hasSize(1).allMatch(line -> line.contains(" 0100007F:"));
    assertThat(listeners("tcp6", port)).isEmpty();
  }

  @Test
  void server_seesNothingOfTheCallersEnvironment() throws IOException {
    Path environment = Path.of("/proc", Fixture.serverPid(directory) + "", "environ");
    assumeTrue(Files.exists(environment), "Linux only");
    List<String> names =
        List.of(new String(Files.readAllBytes(environment), StandardCharsets.UTF_8).split("\0"))
            .stream()
            .map(entry -> entry.replaceFirst("=.*", ""))
            .toList();
    assertThat(names)
        .contains("LC_ALL")
        .isSubsetOf("LC_ALL", "PATH", "PWD", "OLDPWD", "_", "SHLVL");
  }

  @Test
  void pathWithShellCharacters_isJustAPath() throws IOException {
    assertThat(postgres.directory()).isEqualTo(directory.toRealPath());
    assertThat(Path.of("/pwned")).doesNotExist();
    assertThat(Fixture.RUNTIMES.resolve("pwned")).doesNotExist();
    assertThat(directory.resolveSibling("pwned")).doesNotExist();
  }

  @Test
  void jdbcUrl_encodesTheDatabase() {
    assertThat(postgres.jdbcUrl("a b"))
        .isEqualTo("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/a+b");
  }

  @Test
  void failedStatement_leavesNoValuesInTheLog() throws IOException {
    assertThatThrownBy(() ->
            Fixture.execute(
                postgres,
                "create temp table secret (value text primary key);"
                    + "insert into secret values ('swordfish'), ('swordfish')"))
        .hasMessageContaining("swordfish");
    assertThat(Files.readString(directory.resolve("server.log")))
        .contains("duplicate key value violates unique constraint")
        .doesNotContain("swordfish");
  }

  private static void connectWith(String password) throws SQLException {
    DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", password).close();
  }

  private static List<InetAddress> ownAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !(address instanceof Inet4Address && address.isLoopbackAddress()))
        .toList();
  }

  private static List<String> listeners(String table, String port) throws IOException {
    Optional<Path> path = Optional.of(Path.of("/proc/net", table)).filter(Files::exists);
    return path.isEmpty()
        ? List.of()
        : Files.readAllLines(path.get()).stream()
            .filter(line -> line.matches("\\s*\\d+: [0-9A-F]+" + port + " [0-9A-F:]+ 0A .*"))
            .toList();
  }
}
