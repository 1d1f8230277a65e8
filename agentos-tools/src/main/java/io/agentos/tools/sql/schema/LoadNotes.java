package io.agentos.tools.sql.schema;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects what was left out, by kind, so that a thousand cases make one line. */
final class LoadNotes {
  private static final int LINES_MAX = 8;

  /** No such object, function, table or schema. */
  private static final Set<String> UNDEFINED = Set.of("42704", "42883", "42P01", "3F000");

  /** Why something was left out. */
  enum Omission {
    PSQL("Commands to psql were passed over"),
    ROWS("Rows of COPY … FROM stdin were passed over"),
    OWNER(
        "Changes of owner could not be made; whether an application logs in as the owner shows in"
            + " the live database only"),
    EXTENSION("Extensions that are not there were passed over"),
    ROWS_FAILED("Statements about rows failed and were passed over"),
    SERVER("Statements about the server were passed over"),
    SUPERUSER("Roles were made without SUPERUSER and the like; with it no policy holds for them");

    private final String text;

    Omission(String text) {
      this.text = text;
    }
  }

  private final Map<Omission, List<Integer>> lines = new EnumMap<>(Omission.class);
  private final Set<String> extensions = new TreeSet<>();
  private final Set<String> roles = new TreeSet<>();
  private final List<String> first = new ArrayList<>();

  /** Something that is said before all omissions. */
  void say(String note) {
    first.add(note);
  }

  void omit(Omission omission, int line) {
    lines.computeIfAbsent(omission, key -> new ArrayList<>()).add(line);
  }

  void extension(String name, int line) {
    extensions.add(name);
    omit(Omission.EXTENSION, line);
  }

  void roleMade(String name) {
    roles.add(name);
  }

  int rolesMade() {
    return roles.size();
  }

  /** What to add to an error that a missing extension may have caused; may be empty. */
  String extensionHint(String sqlState) {
    boolean undefined = UNDEFINED.contains(sqlState);
    return extensions.isEmpty() || !undefined
        ? ""
        : ". Extensions that are not there: %s; audit the live database instead"
            .formatted(String.join(", ", extensions));
  }

  List<String> all() {
    List<String> notes = new ArrayList<>(first);
    if (!roles.isEmpty()) {
      notes.add(
          "The SQL does not make these roles that it names: %s. They were made without any rights."
              .formatted(String.join(", ", roles)));
    }
    lines.forEach((omission, where) -> notes.add(note(omission, where)));
    return notes;
  }

  private String note(Omission omission, List<Integer> where) {
    String names = omission == Omission.EXTENSION ? ": " + String.join(", ", extensions) : "";
    String shown = where.stream().limit(LINES_MAX).map(String::valueOf).collect(joining(", "));
    String more = where.size() > LINES_MAX ? " and more" : "";
    return "%s%s (%s %s%s)."
        .formatted(omission.text, names, where.size() == 1 ? "line" : "lines", shown, more);
  }
}
