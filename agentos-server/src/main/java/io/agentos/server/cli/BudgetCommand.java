package io.agentos.server.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agentos budget}. */
@Command(
    name = "budget",
    description = "Set what may be spent, and show what is.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  agentos budget set --scope tenant --period month --limit 250",
      "  agentos budget set --scope agent --target supabase.schema-reviewer \\",
      "      --period day --limit 12.50",
      "  agentos budget set --scope pack --target supabase --period month --limit none",
      "  agentos budget show",
      "%nA call reserves the most it can cost from every budget that covers it before",
      "it begins, so that what is spent and reserved is never above the limit. Days",
      "and months are those of UTC."
    })
final class BudgetCommand implements Runnable {
  private static final String BUDGETS = "/v1/budgets";
  private static final int BAR_LENGTH = 20;
  private static final int USD_DECIMALS = 6;
  private static final BigDecimal LIMIT_MAX_USD = BigDecimal.valueOf(1_000_000_000);

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  BudgetCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing required subcommand: set, show");
    }
  }

  @Command(
      description = "Make, change or end the budget of a scope, target and period.",
      footer = {
        "%nExamples:",
        "  agentos budget set --scope tenant --period month --limit 250",
        "  agentos budget set --scope agent --target docs.writer --limit 0.75 \\",
        "      --warn 50,90",
        "  agentos budget set --scope tenant --period month --limit none",
        "%nA limit of 0 forbids all spending; none ends the budget.",
        "What was spent in the present period counts on."
      })
  int set(
      @Option(
              names = "--scope",
              required = true,
              paramLabel = "SCOPE",
              description = "tenant, pack, agent or task")
          String scope,
      @Option(
              names = "--target",
              paramLabel = "NAME",
              defaultValue = "",
              description = "the pack, PACK.AGENT or task; none for the tenant")
          String target,
      @Option(
              names = "--period",
              paramLabel = "PERIOD",
              defaultValue = "month",
              description = "none, day or month (default: month)")
          String period,
      @Option(
              names = "--limit",
              required = true,
              paramLabel = "USD",
              description = "US dollars, such as 12.50; none to end the budget")
          String limit,
      @Option(
              names = "--warn",
              paramLabel = "PERCENT,…",
              hideParamSyntax = true,
              split = ",",
              description = "when to tell, in percent of the limit (default: 50,80,100)")
          List<Integer> warn,
      @Mixin ConfigOptions where,
      @Mixin OutputOption how) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("scope", scope.toLowerCase(Locale.ROOT));
    body.put("target", target.isEmpty() ? null : target);
    body.put("period", period.toLowerCase(Locale.ROOT));
    body.put("limit_usd_micros", limit.equals("none") ? null : micros(limit));
    if (warn != null) {
      body.put("warn_percents", warn);
    }
    Fields set = session.client(where).put(BUDGETS, body);
    if (how.json()) {
      session.terminal().print(set.pretty());
    } else if (set.has("id")) {
      session
          .terminal()
          .print(
              "%s: %s of %s may be spent %s"
                  .formatted(
                      set.text("id"),
                      Words.exactMoney(set.number("limit_usd_micros")),
                      whose(set),
                      when(set)));
    } else {
      session.terminal().print("the budget is ended");
    }
    return ExitCode.DONE;
  }

  @Command(
      description = "Show the budgets, what is spent and reserved of them, and what is left.",
      footer = {
        "%nExamples:",
        "  agentos budget show",
        "  agentos budget show -o json",
        "%n# is spent, + reserved by calls under way. FORECAST is the end of the period",
        "if the rest of it is like the part that is over; an exclamation mark is an",
        "hour three times as dear as usual."
      })
  int show(@Mixin ListLimit limit, @Mixin ConfigOptions where, @Mixin OutputOption how) {
    List<Fields> budgets =
        session.list(session.client(where), BUDGETS, Map.of(), limit.limit(), each -> true);
    Table table =
        new Table("ON", "PERIOD", "USED", "SPENT", "RESERVED", "LEFT", "LIMIT", "FORECAST")
            .numbers("SPENT", "RESERVED", "LEFT", "LIMIT", "FORECAST");
    for (Fields each : budgets) {
      String forecast =
          each.has("forecast_usd_micros") ? Words.price(each.number("forecast_usd_micros")) : "";
      table.row(
          whose(each),
          each.has("window") ? each.text("window") : "all time",
          bar(each),
          Words.price(each.number("committed_usd_micros")),
          Words.price(each.number("reserved_usd_micros")),
          Words.price(each.number("left_usd_micros")),
          Words.price(each.number("limit_usd_micros")),
          forecast + (each.yes("spike") ? "!" : ""));
    }
    session.show(how, budgets, table);
    return ExitCode.DONE;
  }

  /** What is spent and reserved, as parts of the limit; a part too small to show is shown. */
  static String bar(Fields budget) {
    long limit = budget.number("limit_usd_micros");
    int spent = part(budget.number("committed_usd_micros"), limit, BAR_LENGTH);
    int reserved = part(budget.number("reserved_usd_micros"), limit, BAR_LENGTH - spent);
    return "[%s%s%s]"
        .formatted(
            "#".repeat(spent), "+".repeat(reserved), ".".repeat(BAR_LENGTH - spent - reserved));
  }

  private static int part(long amount, long limit, int most) {
    if (amount == 0 || most == 0) {
      return 0;
    }
    return limit == 0
        ? most
        : (int) Math.min(most, Math.max(1, amount / Math.max(1, limit / BAR_LENGTH)));
  }

  private static String whose(Fields budget) {
    return (budget.text("scope") + " " + budget.text("target")).strip();
  }

  private static String when(Fields budget) {
    return switch (budget.text("period")) {
      case "day" -> "a day";
      case "month" -> "a month";
      default -> "in all";
    };
  }

  /** Exact micro-dollars: an amount that has more decimals is refused, not rounded. */
  private long micros(String usd) {
    if (usd.matches("[0-9]{1,10}(\\.[0-9]{1,6})?")) {
      BigDecimal amount = new BigDecimal(usd);
      if (amount.compareTo(LIMIT_MAX_USD) <= 0) {
        return amount.movePointRight(USD_DECIMALS).longValueExact();
      }
    }
    String problem =
        "Invalid value for option '--limit': '%s' is no amount of US dollars from 0 to 1000000000 with at most six decimals, such as 12.50, and not 'none'"
            .formatted(usd);
    throw spec == null
        ? new IllegalArgumentException(problem)
        : new ParameterException(spec.commandLine(), problem);
  }
}
