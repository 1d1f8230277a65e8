package io.agentos.tools.sql.rls;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The repairs of several findings as one script. */
final class Repair {
  private Repair() {}

  /** Statements in the order of the rules, which is the order in which they work. */
  static String script(List<Finding> findings) {
    Set<String> uniques = new HashSet<>();
    return findings.stream()
        .sorted(
            Comparator.comparing(Finding::rule).thenComparing(finding -> finding.target().name()))
        .map(finding -> once(finding.fixSql(), uniques))
        .collect(Collectors.joining("\n\n"));
  }

  /** Two foreign keys to one table want the same unique key there; one is enough. */
  private static String once(String sql, Set<String> uniques) {
    return Arrays.stream(sql.split("\n", -1))
        .filter(line -> !line.contains(" ADD UNIQUE (") || uniques.add(line))
        .collect(Collectors.joining("\n"));
  }
}
