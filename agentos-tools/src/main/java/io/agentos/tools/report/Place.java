package io.agentos.tools.report;

import static io.agentos.tools.report.Markdown.code;

/**
 * Where a finding is.
 *
 * @param source the name of the text or file; empty when there is only one and it has no name
 * @param line counted from 1; 0 when there is none
 * @param target what stands there, such as a selector or a test; empty when there is none
 */
public record Place(String source, int line, String target) {

  /** Such as {@code `page:12` `p.note`}. */
  String markdown() {
    String where = line > 0 ? source + ":" + line : source;
    if (target.isEmpty()) {
      return code(where);
    }
    return where.isEmpty() ? code(target) : code(where) + " " + code(target);
  }
}
