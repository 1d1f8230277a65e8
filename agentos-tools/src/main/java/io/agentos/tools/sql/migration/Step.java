package io.agentos.tools.sql.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One statement of a migration that was run, and what was seen around it.
 *
 * @param target number of the table it is about; 0 for none
 * @param concurrent whether it was run without its CONCURRENTLY, which no transaction allows
 */
record Step(
    int line,
    String sql,
    Shape shape,
    long target,
    boolean concurrent,
    Snapshot before,
    Snapshot after) {
  private static final int EXCERPT_LENGTH_MAX = 100;

  /** The statement on one line. */
  String excerpt() {
    String text = sql.replaceAll("\\s+", " ");
    return text.length() <= EXCERPT_LENGTH_MAX ? text : text.substring(0, EXCERPT_LENGTH_MAX) + "…";
  }

  /** Whether it works on a table that was there when the migration began. */
  boolean isOnOld(Snapshot start) {
    return start.tables().containsKey(target);
  }

  /** The name of the table it is about, or a letter to stand for it. */
  String targetName() {
    return target == 0 ? "t" : before.nameOf(target);
  }

  /**
   * The strongest lock on each table that was there when the migration began, of those that it took
   * and, on the table it is about, of those that were held already.
   */
  Map<String, LockMode> locks(Snapshot start) {
    Map<String, LockMode> locks = new LinkedHashMap<>();
    for (Snapshot.Lock lock : lockedAfter()) {
      Snapshot.Table table = start.tables().get(lock.relation());
      boolean taken = !before.locks().contains(lock) || lock.relation() == target;
      if (table != null && taken) {
        LockMode mode = concurrent ? LockMode.SHARE_UPDATE_EXCLUSIVE : lock.mode();
        locks.merge(table.name(), mode, (one, other) -> one.compareTo(other) > 0 ? one : other);
      }
    }
    return locks;
  }

  /** With those on tables that it dropped, which are in no catalog any more. */
  private List<Snapshot.Lock> lockedAfter() {
    List<Snapshot.Lock> locks = new ArrayList<>(after.locks());
    for (long relation : before.tables().keySet()) {
      if (!after.tables().containsKey(relation)) {
        locks.add(new Snapshot.Lock(relation, LockMode.ACCESS_EXCLUSIVE));
      }
    }
    return locks;
  }

  /** Tables of before the migration whose rows it wrote anew. */
  List<String> rewritten(Snapshot start) {
    List<String> names = new ArrayList<>();
    before
        .tables()
        .forEach((oid, table) -> {
          Snapshot.Table now = after.tables().get(oid);
          boolean moved = now != null && table.file() != 0 && now.file() != table.file();
          if (moved && start.tables().containsKey(oid) && !shape.starts("TRUNCATE")) {
            names.add(table.name());
          }
        });
    return names;
  }
}
