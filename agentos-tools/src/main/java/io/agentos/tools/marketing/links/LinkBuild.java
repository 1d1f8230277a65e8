package io.agentos.tools.marketing.links;

import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Report;
import io.agentos.tools.table.Cells;
import io.agentos.tools.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds links that tell which campaign a visitor came from. */
public final class LinkBuild {
  /** The parameters, in the order in which they are written. */
  static final List<String> PARAMETERS =
      List.of("utm_source", "utm_medium", "utm_campaign", "utm_id", "utm_term", "utm_content");

  private static final int SHOWN_MAX = 100;
  private static final int LINKS_MAX = 5_000;

  private LinkBuild() {}

  /** Builds a link for each row of a plan. */
  public static ToolResult run(GivenText plan) {
    Table table = Table.of(plan);
    int url =
        table.needed("the address", List.of("url", "link", "landing page", "address", "target"));
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (String parameter : PARAMETERS) {
      String name = parameter.substring("utm_".length());
      table
          .column(List.of(parameter, name, "campaign " + name, "ad " + name))
          .ifPresent(column -> columns.put(parameter, column));
    }
    for (String needed : PARAMETERS.subList(0, 2)) {
      if (!columns.containsKey(needed)) {
        table.needed(needed, List.of(needed, needed.substring("utm_".length())));
      }
    }
    if (table.rows().size() > LINKS_MAX) {
      throw GivenTexts.wrong(
          "%s asks for more than %s. Give a part of it."
              .formatted(plan.name(), count(LINKS_MAX, "link")));
    }
    List<Campaign> campaigns = new ArrayList<>();
    for (Table.Row row : table.rows()) {
      Map<String, String> values = new LinkedHashMap<>();
      columns.forEach((parameter, column) -> put(values, parameter, row.cell(column)));
      campaigns.add(new Campaign(row.line(), row.cell(url), values));
    }
    return report(plan.name(), campaigns);
  }

  /**
   * Builds one link.
   *
   * @param values by the names of the parameters without {@code utm_}
   */
  public static ToolResult run(String url, Map<String, String> values) {
    Map<String, String> named = new LinkedHashMap<>();
    values.forEach((name, value) -> put(named, "utm_" + name, value));
    return report("url", List.of(new Campaign(0, url, named)));
  }

  private static void put(Map<String, String> values, String parameter, String value) {
    if (!value.isBlank()) {
      values.put(parameter, value.strip());
    }
  }

  private static ToolResult report(String name, List<Campaign> campaigns) {
    if (campaigns.isEmpty()) {
      throw GivenTexts.wrong("%s has a row of titles and no link to build.".formatted(name));
    }
    LinkChecks checks = new LinkChecks(name);
    List<BuiltLink> built = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      Optional<BuiltLink> link = checks.build(campaign);
      link.ifPresent(built::add);
    }
    checks.across(campaigns);
    Map<String, Integer> channels = new TreeMap<>();
    built.forEach(link -> channels.merge(link.channel(), 1, Integer::sum));
    Report report =
        new Report("Campaign links: " + name)
            .whenNone("**No findings.**")
            .summary(
                "%s built of %s asked for; channels: %s."
                    .formatted(
                        count(built.size(), "link"),
                        Markdown.decimal(campaigns.size(), 0),
                        words(channels)))
            .first("Links", links(built))
            .findings(checks.findings())
            .field("built", built.size())
            .field("asked", campaigns.size())
            .field("channels", channels)
            .field("links", built.stream().map(BuiltLink::fields).toList())
            .field("csv", csv(built));
    return report
        .note(
            "Channels are those of the default group of Google Analytics 4; groups of your own, and lists of"
                + " sites that Google changes, may sort otherwise.")
        .note(
            "Values are written in small letters with hyphens, for Analytics tells capitals apart.")
        .result();
  }

  private static String words(Map<String, Integer> channels) {
    return channels.isEmpty()
        ? "none"
        : String.join(
            ", ",
            channels.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList());
  }

  private static String links(List<BuiltLink> built) {
    if (built.isEmpty()) {
      return "None could be built.\n";
    }
    StringBuilder list = new StringBuilder();
    for (BuiltLink link : built.subList(0, Math.min(SHOWN_MAX, built.size()))) {
      String line = link.line() == 0 ? "" : "Line %d, ".formatted(link.line());
      list.append("- %s%s:\n".formatted(line, link.channel()))
          .append("  `%s`\n".formatted(link.link().replace("`", "%60")));
    }
    if (built.size() > SHOWN_MAX) {
      list.append(
          "\nand %d more; all are in `fields.links` and `fields.csv`.\n"
              .formatted(built.size() - SHOWN_MAX));
    }
    return list.toString();
  }

  private static String csv(List<BuiltLink> built) {
    StringBuilder csv = new StringBuilder("link,channel,source,medium,campaign,id,term,content\n");
    for (BuiltLink link : built) {
      List<String> cells = new ArrayList<>(List.of(link.link(), link.channel()));
      PARAMETERS.forEach(parameter -> cells.add(link.values().getOrDefault(parameter, "")));
      csv.append(Cells.line(cells));
    }
    return csv.toString();
  }
}
