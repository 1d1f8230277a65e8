package io.agentos.tools.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.testkit.mail.TestMailServer;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail goes over TLS, to whom the certificate names, or not at all. */
final class MailTlsTest {
  @TempDir static Path folder;
  private static SSLContext ofLocalhost;
  private static SSLContext ofAnother;
  private final TestMailServer server = TestMailServer.start();

  @BeforeAll
  static void makeCertificates() throws Exception {
    ofLocalhost = TestTls.of(folder, "dns:localhost");
    ofAnother = TestTls.of(folder, "dns:heron.example");
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  @Test
  void send_startTlsAndLogin_isSent() {
    try (TestMailServer secured = TestMailServer.startSecured(ofLocalhost)) {
      ToolResult result =
          MailToolTest.call(secured(secured.port(), "whiskers", ofLocalhost), MailToolTest.usual());

      assertThat(result.failed()).isFalse();
      assertThat(secured.mails()).hasSize(1);
    }
  }

  @Test
  void send_wrongPassword_fails() {
    try (TestMailServer secured = TestMailServer.startSecured(ofLocalhost)) {
      assertThatThrownBy(() ->
              MailToolTest.call(secured(secured.port(), "tail", ofLocalhost), MailToolTest.usual()))
          .isInstanceOfSatisfying(
              AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_FAILED))
          .hasMessage("The mail server refused mail.user with mail.password; set them right.");
    }
  }

  @Test
  void send_startTlsIsNotOffered_isNotSent() {
    assertThatThrownBy(() ->
            MailToolTest.call(
                secured(server.port(), "whiskers", ofLocalhost), MailToolTest.usual()))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_FAILED))
        .hasMessage(
            "The mail server has no TLS that is accepted, or no certificate for localhost; see"
                + " mail.tls.");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void send_certificateOfAnotherName_isNotSent() {
    try (TestMailServer secured = TestMailServer.startSecured(ofAnother)) {
      assertThatThrownBy(() ->
              MailToolTest.call(
                  secured(secured.port(), "whiskers", ofAnother), MailToolTest.usual()))
          .isInstanceOfSatisfying(
              AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_FAILED));
      assertThat(secured.mails()).isEmpty();
    }
  }

  @Test
  void send_implicitTls_isSent() {
    try (TestMailServer implicit = TestMailServer.startImplicit(ofLocalhost)) {
      MailServer target =
          new MailServer(
              "localhost",
              implicit.port(),
              MailServer.Tls.IMPLICIT,
              Optional.empty(),
              "news@otter.example");

      MailToolTest.call(
          new MailTool(Optional.of(Outbox.of(target, ofLocalhost.getSocketFactory()))),
          MailToolTest.usual());

      assertThat(implicit.mails()).hasSize(1);
    }
  }

  private static MailTool secured(int port, String password, SSLContext tls) {
    MailServer target =
        new MailServer(
            "localhost",
            port,
            MailServer.Tls.STARTTLS,
            Optional.of(new MailServer.Login(TestMailServer.USER, password)),
            "news@otter.example");
    return new MailTool(Optional.of(Outbox.of(target, tls.getSocketFactory())));
  }
}
