package io.agentos.tools.sql.rls;

/**
 * One thing that is wrong.
 *
 * @param explanation who can do what, in plain words
 * @param fixSql whole statements that repair it, one or more lines
 */
record Finding(Rule rule, Severity severity, Target target, String explanation, String fixSql) {

  boolean accepted() {
    return target.accepts(rule);
  }
}
