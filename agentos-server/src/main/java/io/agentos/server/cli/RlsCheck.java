package io.agentos.server.cli;

import io.agentos.server.config.Config;
import java.util.List;

/** Looks whether the rows of a tenant can reach another in a database. Thread-safe. */
public interface RlsCheck {
  /**
   * What is held to the rule.
   *
   * @param role the role the application works as; empty for the one that connects
   * @param column the column that names the tenant
   * @param schemas where to look; empty for all
   * @param allowed names of tables that hold nothing of any tenant
   */
  record Scope(String role, String column, List<String> schemas, List<String> allowed) {}

  /**
   * One thing found wrong.
   *
   * @param id of its kind, for good
   * @param title what is wrong, in a few words
   * @param meaning why it matters
   * @param object what it is about, as in SQL
   * @param detail what was found there; may be empty
   * @param repair SQL that closes it
   */
  record Finding(
      String id, String title, String meaning, String object, String detail, String repair) {}

  /** What was looked at, and what was found. */
  record Report(
      String role, String column, long tables, long tenanted, int checks, List<Finding> findings) {}

  /**
   * Looks at a database of a user, and changes nothing.
   *
   * @param address {@code postgres://USER:PASSWORD@HOST:PORT/DATABASE}, or {@code env:NAME}
   * @throws io.agentos.api.AgentOsException INVALID_REQUEST for what is no address, ENVIRONMENT
   *     where the database cannot be read
   */
  Report of(String address, Scope scope);

  /**
   * Looks at the database on which a server with this configuration works.
   *
   * @throws io.agentos.api.AgentOsException ENVIRONMENT where it cannot be read, or is the embedded
   *     one and does not run
   */
  Report ofServer(Config config);
}
