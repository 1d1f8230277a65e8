package io.agentos.server.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos costs}. */
@Command(
    name = "costs",
    description = "Add up what model calls used and cost.",
    footer = {
      "%nExamples:",
      "  agentos costs",
      "  agentos costs --by agent,day --since 2026-11-01",
      "  agentos costs --by provider --since 2026-11-22T08:00:00Z -o json",
      "%nDays are those of UTC. Sums are exact and rounded once, so they can be less",
      "than what the tasks show together. A cost with an asterisk has calls whose",
      "provider did not say what they used; the dearest they can have been is",
      "counted."
    })
final class CostsCommand implements Callable<Integer> {
  private static final List<String> SUMS =
      List.of("CALLS", "INPUT", "CACHED", "OUTPUT", "REASONING", "COST");
  private static final BigInteger PICOS_PER_MICRO = BigInteger.valueOf(1_000_000);

  private final Session session;

  CostsCommand(Session session) {
    this.session = session;
  }

  @Option(
      names = "--by",
      paramLabel = "GROUP,…",
      split = ",",
      description = "one or more of tenant, pack, agent, provider, model, day (default: model)")
  private List<String> groups = List.of("model");

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "calls at or after this day or RFC 3339 time")
  private String since = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "calls before this day or RFC 3339 time")
  private String until = "";

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("group_by", String.join(",", groups));
    parameters.put("since", time(since));
    parameters.put("until", time(until));
    List<Fields> lines =
        session.client(options).get(ApiClient.query("/v1/costs", parameters)).list("data");
    session.show(output, lines, table(lines));
    return ExitCode.DONE;
  }

  private Table table(List<Fields> lines) {
    List<String> headings = new ArrayList<>();
    groups.forEach(group -> headings.add(group.toUpperCase(Locale.ROOT)));
    headings.addAll(SUMS);
    Table table = new Table(headings.toArray(String[]::new)).numbers(SUMS.toArray(String[]::new));
    boolean anyEstimated = lines.stream().anyMatch(CostsCommand::estimated);
    for (Fields line : lines) {
      List<String> names = groups.stream().map(line::text).toList();
      table.row(row(names, List.of(line), anyEstimated));
    }
    if (lines.size() > 1) {
      List<String> names = new ArrayList<>(List.of("total"));
      names.addAll(Collections.nCopies(groups.size() - 1, ""));
      table.row(row(names, lines, anyEstimated));
    }
    return table;
  }

  private static String[] row(List<String> names, List<Fields> lines, boolean anyEstimated) {
    List<String> cells = new ArrayList<>(names);
    for (String count :
        List.of(
            "calls", "input_tokens", "cache_read_tokens", "output_tokens", "reasoning_tokens")) {
      cells.add(Words.number(lines.stream().mapToLong(line -> line.number(count)).sum()));
    }
    BigInteger picos =
        lines.stream().map(CostsCommand::picos).reduce(BigInteger.ZERO, BigInteger::add);
    boolean estimated = lines.stream().anyMatch(CostsCommand::estimated);
    String mark = estimated ? "*" : anyEstimated ? " " : "";
    cells.add(Words.exactMoney(micros(picos)) + mark);
    return cells.toArray(String[]::new);
  }

  private static boolean estimated(Fields line) {
    return line.number("estimated_calls") > 0;
  }

  private static BigInteger picos(Fields line) {
    String exact = line.text("cost_usd_picos");
    return exact.matches("[0-9]+")
        ? new BigInteger(exact)
        : BigInteger.valueOf(line.number("cost_usd_micros")).multiply(PICOS_PER_MICRO);
  }

  private static long micros(BigInteger picos) {
    BigInteger[] parts = picos.divideAndRemainder(PICOS_PER_MICRO);
    return parts[0].longValueExact() + parts[1].signum();
  }

  /** A day as the time it begins at. */
  private static String time(String text) {
    return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? text + "T00:00:00Z" : text;
  }
}
