package io.agentos.tools.sql.isolation;

/**
 * One way in which a row of one tenant can reach another.
 *
 * @param object what it is about, written as in SQL
 * @param detail what was found there; may be empty
 * @param repair SQL that closes it, or a sentence where a person must choose
 */
public record IsolationFinding(Hazard hazard, String object, String detail, String repair) {}
