package io.agentos.tools.sql.rls;

/**
 * A privilege on an object.
 *
 * @param object number of the relation, schema or routine
 * @param grantee number of the role; 0 for PUBLIC
 */
record Grant(long object, long grantee, Privilege privilege) {}
