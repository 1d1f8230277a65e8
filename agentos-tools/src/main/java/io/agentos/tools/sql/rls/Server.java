package io.agentos.tools.sql.rls;

/**
 * The database that is audited.
 *
 * @param version as {@code server_version_num}, such as 170006
 * @param versionText as {@code server_version}, such as 17.6
 * @param currentRole number of the role that reads the catalogs
 * @param setting where the database comes from
 */
record Server(int version, String versionText, String database, long currentRole, Setting setting) {

  /** Where the database comes from, and so what can be known about its roles. */
  enum Setting {
    /** A database in use. */
    LIVE,
    /** A throw-away copy of a schema: its owner stands for whoever will run the schema. */
    COPY
  }

  /** Whether views can read with the rights of the caller. */
  boolean knowsInvokerViews() {
    return version >= 150_000;
  }

  boolean isCopy() {
    return setting == Setting.COPY;
  }
}
