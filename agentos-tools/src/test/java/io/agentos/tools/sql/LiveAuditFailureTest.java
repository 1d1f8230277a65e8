package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.tools.sql.scratch.AdminScratchDatabases;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases that cannot be reached, and secrets that must not be told. */
final class LiveAuditFailureTest {
  private final List<String> logged = new ArrayList<>();
  private final Handler logs = new Records();
  private LiveDatabase live;

  /** Everything that is logged, with what was thrown. */
  private final class Records extends Handler {
    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage() + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void setUp() throws SQLException {
    live = new LiveDatabase();
    logs.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(logs);
    Logger.getLogger("org.postgresql").setLevel(Level.ALL);
  }

  @AfterEach
  void tearDown() throws SQLException {
    Logger.getLogger("org.postgresql").setLevel(null);
    Logger.getLogger("").removeHandler(logs);
    live.close();
  }

  @Test
  void audit_wrongPassword_failureWithoutIt() {
    ToolResult result = audit(live.address("live_guest", "wr0ng-s3cret"));

    assertThat(result.failed()).isTrue();
    assertThat(result.text())
        .isEqualTo(
            "The database refused the login of the user live_guest. Check user and password.");
    assertThat(logged).isNotEmpty().noneMatch(line -> line.contains("wr0ng-s3cret"));
  }

  @Test
  void audit_wrongDatabase_failureNamesIt() {
    String address = live.guestAddress().replaceFirst("/test_\\d+$", "/nowhere");

    assertThat(audit(address).text()).isEqualTo("The server has no database of the name nowhere.");
    assertThat(logged)
        .noneMatch(line -> line.contains(LiveDatabase.PASSWORD) || line.contains("gu%25st"));
  }

  @Test
  void audit_serverThatEchoesThePassword_redacted() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual().start(() -> refuse(server, "FATAL", "XX000", "no, s3cr3t-w0rd!"));

      assertThatThrownBy(() ->
              audit(
                  "postgres://u:s3cr3t-w0rd@127.0.0.1:%d/d?sslmode=disable"
                      .formatted(server.getLocalPort())))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE);
                assertThat(e.detail())
                    .isEqualTo(
                        "The database at 127.0.0.1, port %d, could not be audited: FATAL: no, ***!"
                                .formatted(server.getLocalPort())
                            + " (SQLSTATE XX000).");
                assertThat(e.getCause()).isNull();
              });
      answering.join();
    }
  }

  @Test
  void audit_nobodyListens_unavailableWithoutPassword() {
    assertThatThrownBy(() -> audit("postgres://u:s3cr3t-w0rd@127.0.0.1:1/d"))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE))
        .hasMessageStartingWith("The database at 127.0.0.1, port 1, could not be audited: ")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void audit_byNameInEnvironment_connects() throws SQLException {
    Tool tool =
        SqlTools.tools(
                new AdminScratchDatabases(Audits::admin),
                new SqlFiles(List.of()),
                name ->
                    name.equals("SHOP") ? Optional.of(live.superuserAddress()) : Optional.empty())
            .getFirst();

    assertThat(Audits.call(tool, "database", "env:SHOP").failed()).isFalse();
    assertThat(Audits.call(tool, "database", "env:HOME").text())
        .isEqualTo("The environment variable HOME is not set, or not open to tasks.");
  }

  @Test
  void audit_addressNotLetThrough_failureAndNoConnection() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);

      ToolResult result =
          audit("postgres://u:s3cr3t-w0rd@localhost:%d/d".formatted(server.getLocalPort()));

      assertThat(result.failed()).isTrue();
      assertThat(result.text())
          .isEqualTo(
              "Refused: localhost. Or put the address into the server's environment and give the"
                  + " variable as env:NAME.");
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void audit_nameThatOnlyEgressKnows_connectsToItsAddress() {
    String address = live.superuserAddress().replace("127.0.0.1", "shop.example");

    assertThat(address).contains("@shop.example:");
    assertThat(audit(address).failed()).isFalse();
  }

  private static ToolResult audit(String address) {
    return Audits.call(Audits.tool(), "database", address);
  }

  /** Takes one connection and answers the first message with an error of Postgres's protocol. */
  private static void refuse(ServerSocket server, String severity, String state, String message) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[8192]);
      String fields = "S%s\0C%s\0M%s\0\0".formatted(severity, state, message);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte('E');
      out.writeInt(4 + fields.length());
      out.writeBytes(fields);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
