package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos webhook deliveries}. */
@Command(
    name = "deliveries",
    aliases = "delivery",
    description = "What endpoints were told, and what became of it.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhookDeliveriesCommand {
  private static final String DELIVERIES = "/v1/webhook-deliveries";

  private final Session session;

  WebhookDeliveriesCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "List deliveries, newest first.",
      footer = {
        "%nExamples:",
        "  agentos webhook deliveries list --state dead",
        "  agentos webhook deliveries list --endpoint whe_01jd3k5m6n7p8q9r0s1t2v3w4x \\",
        "      -o json"
      })
  int list(
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "pending, delivered or dead; all")
          @Nullable String state,
      @Option(names = "--endpoint", paramLabel = "ENDPOINT", description = "only of this one")
          @Nullable String endpoint,
      @Mixin ListLimit limit,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, String> filters = new LinkedHashMap<>();
    if (state != null) {
      filters.put("state", state);
    }
    if (endpoint != null) {
      filters.put("endpoint", endpoint);
    }
    List<Fields> found =
        session.list(session.client(options), DELIVERIES, filters, limit.limit(), one -> true);
    Table table = new Table("DELIVERY", "EVENT", "STATE", "TRIES", "HTTP", "NEXT", "WHY");
    for (Fields delivery : found) {
      table.row(
          delivery.text("id"),
          delivery.text("type"),
          delivery.text("state"),
          delivery.text("attempts"),
          delivery.text("status"),
          Words.instant(delivery.text("next_attempt_at")),
          delivery.text("error"));
    }
    session.show(output, found, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Send a delivery again that has ended, under the same id.",
      footer = {
        "%nExample:",
        "  agentos webhook deliveries redeliver whd_01jd3k5m6n7p8q9r0s1t2v3w4x"
      })
  int redeliver(
      @Parameters(paramLabel = "DELIVERY") String delivery, @Mixin ConfigOptions options) {
    session.client(options).post(ApiClient.path(DELIVERIES, delivery) + "/redeliver", Map.of());
    session.terminal().print(delivery + " will be sent again");
    return ExitCode.DONE;
  }
}
