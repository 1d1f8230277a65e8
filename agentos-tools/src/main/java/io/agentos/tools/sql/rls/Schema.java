package io.agentos.tools.sql.rls;

/**
 * A schema.
 *
 * @param quoted its name for SQL
 */
record Schema(long oid, String name, String quoted, long owner, String comment) {}
