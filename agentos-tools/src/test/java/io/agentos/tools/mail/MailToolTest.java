package io.agentos.tools.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.testkit.mail.TestMailServer;
import io.agentos.testkit.mail.TestMailServer.Mail;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailToolTest {
  private static final StepKey KEY = new StepKey(TenantId.DEFAULT, TaskId.next(), 7, "send/tool");

  private final TestMailServer server = TestMailServer.start();

  @AfterEach
  void tearDown() {
    server.close();
  }

  @Test
  void send_plainAndHtml_arrivesAsGiven() throws Exception {
    ToolResult result =
        send(
            "to",
            List.of("ada@heron.example", "bo@heron.example"),
            "cc",
            List.of("cy@heron.example"),
            "subject",
            "Gr\u00FC\u00DFe vom Otter",
            "text",
            "First\n.\n..dots\n\u20AC 5",
            "html",
            "<p>\u20AC 5</p>",
            "reply_to",
            "desk@otter.example");

    Mail mail = server.mails().getFirst();
    MimeMessage message = parsed(mail);
    assertThat(mail.from()).isEqualTo("news@otter.example");
    assertThat(mail.to())
        .containsExactly("ada@heron.example", "bo@heron.example", "cy@heron.example");
    assertThat(message.getSubject()).isEqualTo("Gr\u00FC\u00DFe vom Otter");
    assertThat(message.getFrom()[0]).hasToString("Otter Tours <news@otter.example>");
    assertThat(message.getRecipients(Message.RecipientType.CC)[0]).hasToString("cy@heron.example");
    assertThat(message.getReplyTo()[0]).hasToString("desk@otter.example");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("First\r\n.\r\n..dots\r\n\u20AC 5");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>\u20AC 5</p>");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(result.failed()).isFalse();
    assertThat(result.fields())
        .containsEntry("recipients", 3)
        .containsEntry("message_id", KEY.idempotencyKey() + "@otter.example")
        .containsEntry("answer", "250 kept as 1");
    assertThat(result.text())
        .isEqualTo(
            "The mail server took it for 3 recipients as %s@otter.example."
                .formatted(KEY.idempotencyKey()));
  }

  @Test
  void send_sameStep_hasTheSameMessageId() throws Exception {
    send(usual());
    send(usual());

    assertThat(parsed(server.mails().get(0)).getMessageID())
        .isEqualTo(parsed(server.mails().get(1)).getMessageID())
        .isEqualTo("<%s@otter.example>".formatted(KEY.idempotencyKey()));
  }

  @Test
  void send_unsubscribe_isOneClick() throws Exception {
    send(with("unsubscribe_url", "https://otter.example/u?a=1"));

    MimeMessage message = parsed(server.mails().getFirst());
    assertThat(message.getHeader("List-Unsubscribe"))
        .containsExactly("<https://otter.example/u?a=1>");
    assertThat(message.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@heron.example\r\nBcc: b@heron.example",
        "a@heron.example, b@heron.example",
        "Ada <a@heron.example>",
        "a@heron.example>",
        "\"a b\"@heron.example",
        "a(b)@heron.example",
        "a@[127.0.0.1]",
        "a@localhost",
        "a..b@heron.example",
        "a@heron.example\n",
        "g\u00FC@heron.example",
        "a@h\u00E9ron.example",
        "@heron.example",
        ""
      })
  void send_addressThatIsNone_isRefused(String address) {
    assertThat(send(with("to", List.of(address))).text())
        .isEqualTo(
            "An address is none that every server reads alike; write NAME@DOMAIN in ASCII, without"
                + " a display name.");
    assertThat(server.mails()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: b@heron.example", "a\nb", "a\u0000b", " "})
  void send_subjectWithLines_isRefused(String subject) {
    assertThat(send(with("subject", subject)).text())
        .isEqualTo("The subject is empty, or has a line break or another control character.");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void send_recipientTwice_isRefused() {
    assertThat(send(with("to", List.of("ada@heron.example", "ADA@heron.example"))).text())
        .isEqualTo("A recipient is named twice.");
  }

  @Test
  void send_noServerConfigured_saysWhatToSet() {
    MailTool tool = new MailTool(Optional.empty());

    assertThatThrownBy(() -> call(tool, usual()))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENVIRONMENT))
        .hasMessage("No mail server is configured; set mail.host and mail.from.");
  }

  private ToolResult send(Object... namesAndValues) {
    return send(server, namesAndValues);
  }

  static ToolResult send(TestMailServer server, Object... namesAndValues) {
    MailServer target =
        new MailServer(
            "127.0.0.1",
            server.port(),
            MailServer.Tls.NONE,
            Optional.empty(),
            "Otter Tours <news@otter.example>");
    return call(new MailTool(Optional.of(Outbox.of(target))), namesAndValues);
  }

  static ToolResult call(MailTool tool, Object... namesAndValues) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return tool.call(
        new ToolArguments(arguments), new ToolContext(KEY, new AgentId("marketing", "test")));
  }

  static Object[] usual() {
    return with("subject", "Hello");
  }

  /** The usual mail with one argument set; the later of a name wins. */
  static Object[] with(String name, Object value) {
    return new Object[] {
      "to", List.of("ada@heron.example"), "subject", "Hello", "text", "Otters.", name, value
    };
  }

  private static MimeMessage parsed(Mail mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.source().getBytes(StandardCharsets.UTF_8)));
  }
}
