package io.agentos.tools.sql.rls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is worth knowing about a database besides findings. */
final class Notes {
  private Notes() {}

  static List<String> of(Catalog catalog) {
    List<String> notes = new ArrayList<>();
    if (!catalog.server().isCopy()) {
      connectedAs(catalog, notes);
      ignoring(catalog, notes);
      olderThanFixes(catalog.server(), notes);
    }
    if (!catalog.cut().isEmpty()) {
      notes.add(
          "The database has more than %d %s; only the first were looked at."
              .formatted(CatalogReader.ROWS_MAX, Words.list(catalog.cut())));
    }
    return notes;
  }

  private static void connectedAs(Catalog catalog, List<String> notes) {
    Role role = catalog.roles().role(catalog.server().currentRole());
    boolean owns =
        catalog.ownTables().anyMatch(table -> table.owner() == role.oid() && !table.forced());
    if (role.ignoresRls() || owns) {
      notes.add(
          ("The audit connected as %s, for which policies do not hold. An application must not"
                  + " use this login.")
              .formatted(role.quoted()));
    }
  }

  private static void ignoring(Catalog catalog, List<String> notes) {
    List<String> names =
        catalog.roles().all().stream()
            .filter(Role::ignoresRls)
            .sorted(Comparator.comparing(Role::name))
            .map(Role::quoted)
            .toList();
    if (!names.isEmpty()) {
      notes.add(
          "Policies do not hold for these roles: %s. Keep their passwords and keys on the server."
              .formatted(Words.list(names)));
    }
  }

  /** CVE-2025-8713: statistics told rows that policies hide; repaired in these releases. */
  private static void olderThanFixes(Server server, List<String> notes) {
    int major = server.version() / 10_000;
    int minor = server.version() % 10_000;
    int repaired =
        switch (major) {
          case 13 -> 22;
          case 14 -> 19;
          case 15 -> 14;
          case 16 -> 10;
          case 17 -> 6;
          default -> 0;
        };
    if (major < 13 || minor < repaired) {
      notes.add(
          "PostgreSQL %s has known holes in row-level security (CVE-2025-8713 and older); update"
                  .formatted(server.versionText())
              + " it.");
    }
  }
}
