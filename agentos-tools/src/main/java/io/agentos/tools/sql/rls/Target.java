package io.agentos.tools.sql.rls;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a finding is about.
 *
 * @param name its name, written as in SQL
 * @param comment what COMMENT ON says about it; a mark such as {@code rls-ok: rls-off} in it
 *     accepts the findings of these rules
 */
record Target(String name, String comment) {
  private static final Pattern MARK = Pattern.compile("rls-ok:\\s*([a-z-]+(?:\\s*,\\s*[a-z-]+)*)");

  static Target of(Relation relation) {
    return new Target(relation.quoted(), relation.comment());
  }

  static Target of(Role role) {
    return new Target(role.quoted(), role.comment());
  }

  static Target of(Policy policy, Relation table) {
    return new Target(policy.quoted() + " on " + table.quoted(), policy.comment());
  }

  static Target of(Routine routine) {
    return new Target(routine.quoted(), routine.comment());
  }

  /** Whether someone wrote down that this is on purpose. */
  boolean accepts(Rule rule) {
    Matcher marks = MARK.matcher(comment);
    while (marks.find()) {
      for (String id : marks.group(1).split(",", -1)) {
        if (id.strip().equals(rule.id())) {
          return true;
        }
      }
    }
    return false;
  }
}
