package io.agentos.tools.sql;

/** The statements of an audit of a database in use, besides those that read the catalogs. */
final class LiveAuditSql {

  static final String ONLY_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private LiveAuditSql() {}
}
