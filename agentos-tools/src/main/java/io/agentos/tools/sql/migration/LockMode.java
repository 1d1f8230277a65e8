package io.agentos.tools.sql.migration;

import java.util.Optional;

/** The locks on tables, the weakest first, as in chapter 13.3 of PostgreSQL's manual. */
enum LockMode {
  ACCESS_SHARE("AccessShareLock", "ACCESS SHARE", "nobody"),
  ROW_SHARE("RowShareLock", "ROW SHARE", "nobody"),
  ROW_EXCLUSIVE("RowExclusiveLock", "ROW EXCLUSIVE", "nobody"),
  SHARE_UPDATE_EXCLUSIVE(
      "ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE", "schema changes, vacuum"),
  SHARE("ShareLock", "SHARE", "writers"),
  SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE", "writers"),
  EXCLUSIVE("ExclusiveLock", "EXCLUSIVE", "writers"),
  ACCESS_EXCLUSIVE("AccessExclusiveLock", "ACCESS EXCLUSIVE", "readers and writers");

  private final String id;
  private final String title;
  private final String waiting;

  LockMode(String id, String title, String waiting) {
    this.id = id;
    this.title = title;
    this.waiting = waiting;
  }

  /** The mode that {@code pg_locks} names; empty for one of another kind. */
  static Optional<LockMode> named(String id) {
    for (LockMode mode : values()) {
      if (mode.id.equals(id)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  String title() {
    return title;
  }

  /** Who has to wait while it is held. */
  String waiting() {
    return waiting;
  }

  /** Whether applications notice it. */
  boolean stopsWriters() {
    return compareTo(SHARE) >= 0;
  }
}
