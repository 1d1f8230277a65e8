package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.joining;

import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SECURITY DEFINER functions: who can call them and where they look for names. */
final class RoutineChecks implements Check {

  @Override
  public Stream<Finding> findings(Catalog catalog) {
    Access access = new Access(catalog);
    return catalog.routines().stream()
        .filter(routine -> !catalog.roles().role(routine.owner()).ofSupabase())
        .flatMap(routine ->
            Stream.of(open(catalog, access, routine), path(catalog, access, routine))
                .flatMap(Optional::stream));
  }

  private static Optional<Finding> open(Catalog catalog, Access access, Routine routine) {
    List<Role> anyone =
        access.callers(routine).stream()
            .filter(role -> role.isPublic() || role.name().equals("anon"))
            .toList();
    if (routine.trigger() || anyone.isEmpty()) {
      return Optional.empty();
    }
    boolean inPolicy = catalog.routinesInPolicies().contains(routine.oid());
    String needed =
        inPolicy ? " A policy calls it, so the roles of that policy must keep the right to." : "";
    return Optional.of(
        new Finding(
            Rule.DEFINER_OPEN,
            inPolicy ? Severity.MEDIUM : Severity.HIGH,
            Target.of(routine),
            Words.sentence(Words.whoAll(anyone)) + " can call it." + needed,
            closeSql(access, routine, anyone)));
  }

  private static String closeSql(Access access, Routine routine, List<Role> anyone) {
    String revoke =
        "REVOKE EXECUTE ON ROUTINE %s FROM %s;".formatted(routine.quoted(), Words.names(anyone));
    List<Role> users = access.knownUsers();
    if (users.isEmpty()) {
      return "-- Then grant it to the roles that need it: GRANT EXECUTE ON ROUTINE … TO …\n"
          + revoke;
    }
    return "%s\nGRANT EXECUTE ON ROUTINE %s TO %s;"
        .formatted(revoke, routine.quoted(), Words.names(users));
  }

  private static Optional<Finding> path(Catalog catalog, Access access, Routine routine) {
    boolean callable = !routine.trigger() && !access.callers(routine).isEmpty();
    List<String> path = routine.searchPath().map(RoutineChecks::names).orElse(List.of());
    if (routine.searchPath().isPresent()
        && (path.isEmpty() || path.contains("pg_temp") || !callable)) {
      return Optional.empty();
    }
    boolean none = routine.searchPath().isEmpty();
    String what =
        none
            ? "It has no search_path of its own."
            : "Its search_path does not name pg_temp, so that temporary tables of the caller are"
                + " found first.";
    return Optional.of(
        new Finding(
            Rule.DEFINER_SEARCH_PATH,
            none && callable ? Severity.MEDIUM : Severity.LOW,
            Target.of(routine),
            what,
            "ALTER ROUTINE %s SET search_path = %s;"
                .formatted(routine.quoted(), safePath(catalog, routine, path))));
  }

  /** The path it has, or its own schema, with the caller's temporary tables last. */
  private static String safePath(Catalog catalog, Routine routine, List<String> path) {
    List<String> safe = new ArrayList<>(path);
    Schema own = catalog.schemas().get(routine.schema());
    if (safe.isEmpty() && own != null) {
      safe.add(own.quoted());
      catalog.schemas().values().stream()
          .filter(schema -> schema.name().equals("extensions") && catalog.supabase())
          .forEach(schema -> safe.add(schema.quoted()));
    }
    safe.add("pg_temp");
    return safe.stream().distinct().collect(joining(", "));
  }

  /** The schemas of a path, as in SQL; an empty one is a path without schemas. */
  private static List<String> names(String path) {
    return SqlLexer.tokens(path).stream()
        .filter(token -> token.kind() != SqlToken.Kind.SYMBOL)
        .map(token -> path.substring(token.start(), token.end()))
        .filter(name -> !name.equals("\"\""))
        .toList();
  }
}
