package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos models}. */
@Command(
    name = "models",
    description = "List the models, what they cost now, and which are ready.",
    footer = {
      "%nExamples:",
      "  agentos models",
      "  agentos models --provider anthropic",
      "  agentos models --ready -o json",
      "%nPrices are US dollars per million tokens."
    })
final class ModelsCommand implements Callable<Integer> {
  private final Session session;

  ModelsCommand(Session session) {
    this.session = session;
  }

  @Option(names = "--provider", paramLabel = "PROVIDER", description = "of this provider")
  private String provider = "";

  @Option(names = "--ready", description = "only those that can be used now")
  private boolean ready;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    List<Fields> models =
        session.list(
            session.client(options), "/v1/models", Map.of(), Session.LIST_LENGTH_MAX, this::wanted);
    Table table =
        new Table("MODEL", "CONTEXT", "INPUT", "CACHED", "OUTPUT", "READY", "PRICE")
            .numbers("CONTEXT", "INPUT", "CACHED", "OUTPUT");
    for (Fields model : models) {
      Fields rates = model.in("price.per_million_tokens");
      table.row(
          model.text("id"),
          model.has("context_tokens") ? Words.number(model.number("context_tokens")) : "?",
          Words.price(rates.number("input_usd_micros")),
          Words.price(rates.number("cache_read_usd_micros")),
          Words.price(rates.number("output_usd_micros")),
          model.yes("available") ? "yes" : "no",
          String.join("; ", remarks(model.in("price"))));
    }
    session.show(output, models, table);
    return ExitCode.DONE;
  }

  private boolean wanted(Fields model) {
    return (provider.isEmpty() || provider.equals(model.text("provider")))
        && (!ready || model.yes("available"));
  }

  /** What the three figures do not say. */
  private static List<String> remarks(Fields price) {
    List<String> remarks = new ArrayList<>();
    for (Fields tier : price.list("tiers")) {
      Fields rates = tier.in("per_million_tokens");
      remarks.add(
          "above %s tokens %s / %s"
              .formatted(
                  Words.number(tier.number("above")),
                  Words.price(rates.number("input_usd_micros")),
                  Words.price(rates.number("output_usd_micros"))));
    }
    for (Fields calendar : price.list("calendars")) {
      remarks.add(calendar.text("name") + (calendar.yes("now") ? " hours now" : " hours differ"));
    }
    if (price.has("effective_until")) {
      remarks.add("until " + price.text("effective_until"));
    }
    return remarks;
  }
}
