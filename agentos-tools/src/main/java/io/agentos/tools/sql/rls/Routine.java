package io.agentos.tools.sql.rls;

import java.util.Optional;

/**
 * A SECURITY DEFINER function or procedure: it runs with the rights of its owner.
 *
 * @param quoted its name and argument types for SQL
 * @param trigger whether only triggers can call it
 * @param searchPath its own search_path, as SQL; empty when the caller's applies
 */
record Routine(
    long oid,
    long schema,
    String quoted,
    long owner,
    boolean trigger,
    Optional<String> searchPath,
    String comment) {}
