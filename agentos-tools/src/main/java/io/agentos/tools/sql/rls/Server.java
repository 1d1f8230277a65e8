package io.agentos.tools.sql.rls;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;

/**
 * The database that is audited.
 *
 * @param version as {@code server_version_num}, such as 170006
 * @param versionText as {@code server_version}, such as 17.6
 * @param currentRole number of the role that reads the catalogs
 * @param setting where the database comes from
 */
record Server(int version, String versionText, String database, long currentRole, Setting setting) {

  private static final int VERSION_MIN = 120_000;

  /** Where the database comes from, and so what can be known about its roles. */
  enum Setting {
    /** A database in use. */
    LIVE,
    /** A throw-away copy of a schema: its owner stands for whoever will run the schema. */
    COPY
  }

  /**
   * This server, if its catalogs can be read.
   *
   * @throws AgentOsException INVALID_ARGUMENTS when it is too old
   */
  Server supported() {
    if (version < VERSION_MIN) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "The server runs PostgreSQL %s; the audit needs 12 or newer.".formatted(versionText));
    }
    return this;
  }

  /** Whether views can read with the rights of the caller. */
  boolean knowsInvokerViews() {
    return version >= 150_000;
  }

  boolean isCopy() {
    return setting == Setting.COPY;
  }
}
