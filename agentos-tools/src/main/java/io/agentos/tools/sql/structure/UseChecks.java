package io.agentos.tools.sql.structure;

import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.structure.Structure.Index;
import io.agentos.tools.sql.structure.Structure.Table;
import java.util.ArrayList;
import java.util.List;

/** What the counters of a server in use tell about its indexes. */
final class UseChecks {
  private static final int DAYS_MIN = 14;
  private static final long INDEX_BYTES_MIN = 1024 * 1024;
  private static final long MIB = 1024 * 1024;
  private static final long ROWS_MIN = 10_000;
  private static final long SCANS_MIN = 1_000;

  private UseChecks() {}

  static List<Finding> findings(Structure structure) {
    List<Finding> found = new ArrayList<>();
    for (Table table : structure.tables()) {
      if (table.isTable()
          && table.rows() >= ROWS_MIN
          && table.seqScans() >= SCANS_MIN
          && table.seqRows() / table.seqScans() >= ROWS_MIN / 2) {
        found.add(readWhole(table));
      }
      for (Index index : structure.indexesOf(table)) {
        boolean counted = structure.statsDays().orElse(0) >= DAYS_MIN;
        boolean needed = index.unique() || index.constrains() || index.primary();
        if (counted && !needed && index.scans() == 0 && index.bytes() >= INDEX_BYTES_MIN) {
          found.add(unused(structure, table, index));
        }
      }
    }
    return List.copyOf(found);
  }

  private static Finding readWhole(Table table) {
    return new Finding(
        "table-read-whole",
        Severity.MEDIUM,
        Place.named(table.quoted()),
        "The table of about %s was read from end to end %s times, %s a time."
            .formatted(
                Words.count(table.rows(), "row"),
                Printable.number(table.seqScans()),
                Words.count(table.seqRows() / table.seqScans(), "row")),
        "Something searches it often and no index serves it.",
        "Find the queries (pg_stat_statements, sorted by shared_blks_read) and give them to this"
            + " agent together with the schema: it says which index they need.");
  }

  private static Finding unused(Structure structure, Table table, Index index) {
    return new Finding(
        "unused-index",
        Severity.LOW,
        Place.named(index.quoted()),
        "No query has used the index on %s in %s; it takes %s MiB."
            .formatted(
                table.quoted(),
                Words.count(structure.statsDays().orElse(0), "day"),
                Printable.number(index.bytes() / MIB)),
        "Every write has to keep it up to date.",
        "DROP INDEX CONCURRENTLY %s; -- not before the replicas and month-end jobs were looked at"
            .formatted(index.quoted()));
  }
}
