package io.agentos.tools.mail;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends one mail. Thread-safe. */
final class MailTool implements Tool {
  private static final int RECIPIENTS_MAX = 20;
  private static final int TEXT_LENGTH_MAX = 200_000;

  private static final ToolSpec SPEC =
      new ToolSpec(
          "mail.send",
          "Sends one e-mail as plain text, with a version in HTML if given, from the sender the"
              + " operator has set. All recipients see each other. No attachments.",
          InputSchema.empty()
              .property("to", addresses("Who gets it: plain addresses", 1))
              .required("to")
              .property("cc", addresses("Who gets a copy", 0))
              .property(
                  "subject", text("The subject, one line", 200, "^[^\\u0000-\\u001F\\u007F]+$"))
              .required("subject")
              .text("text", "The mail as plain text", TEXT_LENGTH_MAX)
              .required("text")
              .text("html", "The same as HTML", TEXT_LENGTH_MAX)
              .property(
                  "reply_to", text("Where answers go", Addresses.LENGTH_MAX, Addresses.PATTERN))
              .property(
                  "unsubscribe_url",
                  text("Where a POST ends a subscription, RFC 8058", 1_000, "^https://[!-;=?-~]+$"))
              .toMap(),
          ToolSpec.Effect.ONCE,
          Zone.RED,
          Duration.ofMinutes(2));

  private final Optional<Outbox> outbox;

  MailTool(Optional<Outbox> outbox) {
    this.outbox = outbox;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    Outbox open =
        outbox.orElseThrow(() ->
            new AgentOsException(
                ErrorCode.ENVIRONMENT,
                "No mail server is configured; set mail.host and mail.from."));
    Letter letter = Letter.of(arguments);
    Optional<String> problem = letter.problem();
    if (problem.isPresent()) {
      return ToolResult.failure(problem.get());
    }
    try {
      Outbox.Receipt receipt = open.send(letter, context.key());
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("message_id", receipt.id());
      fields.put("recipients", letter.recipients().size());
      fields.put("answer", receipt.answer());
      return new ToolResult(
          "The mail server took it for %s as %s."
              .formatted(
                  letter.recipients().size() == 1
                      ? "1 recipient"
                      : Printable.number(letter.recipients().size()) + " recipients",
                  receipt.id()),
          fields,
          false);
    } catch (Outbox.RefusedException e) {
      return ToolResult.failure(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> addresses(String description, int least) {
    return Map.of(
        "type",
        "array",
        "description",
        description,
        "minItems",
        least,
        "maxItems",
        RECIPIENTS_MAX,
        "items",
        text("An address", Addresses.LENGTH_MAX, Addresses.PATTERN));
  }

  private static Map<String, Object> text(String description, int lengthMax, String pattern) {
    return Map.of(
        "type", "string", "description", description, "maxLength", lengthMax, "pattern", pattern);
  }
}
