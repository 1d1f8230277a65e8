package io.agentos.tools.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.testkit.mail.TestMailServer;
import io.agentos.testkit.mail.TestMailServer.Behaviour;
import io.agentos.testkit.mail.TestMailServer.Mail;
import io.agentos.testkit.mail.TestMailServer.Refusal;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal or a broken connection means: never, later, or nobody knows. */
final class MailFailureTest {
  private final TestMailServer server = TestMailServer.start();

  @AfterEach
  void tearDown() {
    server.close();
  }

  @Test
  void send_refusedForGood_isAFailedResult() {
    server.behave(
        new Behaviour() {
          @Override
          public void recipient(String address) {
            throw new Refusal(550, "5.1.1 no such otter");
          }
        });

    ToolResult result = send(MailToolTest.usual());

    assertThat(result.failed()).isTrue();
    assertThat(result.text()).isEqualTo("The mail server refused it: 550 5.1.1 no such otter");
  }

  @Test
  void send_oneOfTwoRefused_isSentToNobody() {
    server.behave(
        new Behaviour() {
          @Override
          public void recipient(String address) {
            if (address.startsWith("bo")) {
              throw new Refusal(550, "no such otter");
            }
          }
        });

    ToolResult result =
        send(MailToolTest.with("to", List.of("ada@heron.example", "bo@heron.example")));

    assertThat(result.failed()).isTrue();
    assertThat(server.mails()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"450", "421", "452"})
  void send_refusedForNow_isTriedAgain(int code) {
    server.behave(
        new Behaviour() {
          @Override
          public void recipient(String address) {
            throw new Refusal(code, "later");
          }
        });

    assertFails(ErrorCode.TOOL_UNAVAILABLE, "The mail server said later: %d.".formatted(code));
  }

  @Test
  void send_refusedForNowAfterTheData_isTriedAgain() {
    server.behave(
        new Behaviour() {
          @Override
          public void beforeKeeping(Mail mail) {
            throw new Refusal(451, "greylisted");
          }
        });

    assertFails(ErrorCode.TOOL_UNAVAILABLE, "The mail server said later: 451.");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void send_refusedForGoodAfterTheData_isAFailedResult() {
    server.behave(
        new Behaviour() {
          @Override
          public void beforeKeeping(Mail mail) {
            throw new Refusal(554, "5.7.1 spam");
          }
        });

    assertThat(send(MailToolTest.usual()).text())
        .isEqualTo("The mail server refused it: 554 5.7.1 spam");
  }

  @Test
  void send_connectionBreaksBeforeTheData_isTriedAgain() {
    server.behave(
        new Behaviour() {
          @Override
          public void recipient(String address) {
            throw new Refusal(0, "");
          }
        });

    assertFails(
        ErrorCode.TOOL_UNAVAILABLE,
        "The mail server 127.0.0.1, port %d, could not be reached or hung up before the mail was sent."
            .formatted(server.port()));
  }

  @Test
  void send_connectionBreaksAfterTheData_isUnknown() {
    server.behave(
        new Behaviour() {
          @Override
          public void beforeAnswering(Mail mail) {
            throw new Refusal(0, "");
          }
        });

    assertThatThrownBy(() -> send(MailToolTest.usual()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the mail server took the mail's end and gave no answer");
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void send_nobodyListens_isTriedAgain() {
    int port = server.port();
    server.close();

    assertFails(
        ErrorCode.TOOL_UNAVAILABLE,
        "The mail server 127.0.0.1, port %d, could not be reached or hung up before the mail was sent."
            .formatted(port));
  }

  private void assertFails(ErrorCode code, String message) {
    assertThatThrownBy(() -> send(MailToolTest.usual()))
        .isInstanceOfSatisfying(AgentOsException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private ToolResult send(Object... namesAndValues) {
    return MailToolTest.send(server, namesAndValues);
  }
}
