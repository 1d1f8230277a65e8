package io.agentos.tools.findings;

import io.agentos.tools.files.Printable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing to mend or to know.
 *
 * @param rule a stable name, such as {@code no-lock-file}
 * @param what what is so, about this place
 * @param why what comes of it
 * @param fix what to do; more than one line is code
 */
public record Finding(
    String rule, Severity severity, Place place, String what, String why, String fix) {
  private static final int SENTENCE_LENGTH_MAX = 1_000;
  private static final int FIX_LENGTH_MAX = 4_000;

  /** The heaviest first, then by rule and place. */
  public static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::place)
          .thenComparing(Finding::what);

  public Finding {
    what = Printable.line(what, SENTENCE_LENGTH_MAX);
    why = Printable.line(why, SENTENCE_LENGTH_MAX);
    fix =
        fix.length() <= FIX_LENGTH_MAX
            ? Printable.text(fix)
            : Printable.text(fix.substring(0, FIX_LENGTH_MAX)) + "…";
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rule", rule);
    fields.put("severity", severity.id());
    fields.put("place", place.text());
    if (place.line() > 0) {
      fields.put("line", place.line());
    }
    fields.put("what", what);
    fields.put("why", why);
    fields.put("fix", fix);
    return fields;
  }
}
