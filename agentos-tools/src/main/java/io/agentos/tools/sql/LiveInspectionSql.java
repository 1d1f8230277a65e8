package io.agentos.tools.sql;

/** The statements of a look at a database in use, besides those that read the catalogs. */
final class LiveInspectionSql {

  static final String ONLY_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private LiveInspectionSql() {}
}
