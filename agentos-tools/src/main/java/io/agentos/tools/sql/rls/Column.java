package io.agentos.tools.sql.rls;

/**
 * A column of a table.
 *
 * @param number its place, from 1
 * @param quoted its name for SQL
 * @param type its type, as in SQL
 * @param generated whether the database chooses its value: identity, sequence or random UUID
 */
record Column(
    long relation, int number, String name, String quoted, String type, boolean generated) {}
