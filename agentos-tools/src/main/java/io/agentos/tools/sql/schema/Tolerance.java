package io.agentos.tools.sql.schema;

import io.agentos.tools.sql.schema.LoadNotes.Omission;
import java.util.Optional;
import java.util.Set;

/** Tells which errors of a schema do not matter for what is looked at. */
final class Tolerance {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String DUPLICATE_SCHEMA = "42P06";
  private static final String DUPLICATE_OBJECT = "42710";

  /** Names that are there before the schema is applied. */
  private static final Set<String> PRESENT =
      Set.of(
          "anon",
          "authenticated",
          "service_role",
          "authenticator",
          "supabase_admin",
          "public",
          "auth",
          "storage",
          "realtime",
          "extensions",
          "uuid-ossp",
          "pgcrypto",
          "plpgsql");

  private static final Set<String> ABOUT_ROWS =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "SELECT",
          "WITH",
          "COPY",
          "CALL",
          "REFRESH",
          "ANALYZE",
          "VACUUM",
          "MERGE",
          "VALUES",
          "TRUNCATE",
          "NOTIFY",
          "LISTEN");

  private static final Set<String> ABOUT_SERVER =
      Set.of(
          "DATABASE",
          "TABLESPACE",
          "SUBSCRIPTION",
          "PUBLICATION",
          "SYSTEM",
          "EVENT",
          "LANGUAGE",
          "SERVER",
          "DEFAULT",
          "ROLE",
          "USER",
          "EXTENSION",
          "LABEL");

  private Tolerance() {}

  /** Whether the statement makes what is there already, for the same purpose. */
  static boolean isThere(StatementHead head, String sqlState) {
    boolean made = DUPLICATE_SCHEMA.equals(sqlState) || DUPLICATE_OBJECT.equals(sqlState);
    return made && PRESENT.contains(head.created());
  }

  /** Whether a role asks for what only a superuser may give, such as SUPERUSER. */
  static boolean asksTooMuch(StatementHead head, String sqlState) {
    return INSUFFICIENT_PRIVILEGE.equals(sqlState)
        && (head.starts("CREATE", "ROLE") || head.starts("CREATE", "USER"));
  }

  /** As what a statement that failed is left out; empty when the schema cannot do without it. */
  static Optional<Omission> omission(StatementHead head, String sqlState) {
    String first = head.words().isEmpty() ? "" : head.words().getFirst();
    String second = head.words().size() < 2 ? "" : head.words().get(1);
    if (head.changesOwner()) {
      return Optional.of(Omission.OWNER);
    }
    if (ABOUT_ROWS.contains(first)) {
      return Optional.of(Omission.ROWS_FAILED);
    }
    boolean ofPublication = second.equals("PUBLICATION") || second.equals("SUBSCRIPTION");
    boolean ofExtension =
        head.starts("COMMENT", "ON", "EXTENSION") || head.starts("ALTER", "EXTENSION");
    boolean setting = first.equals("SET") || first.equals("RESET") || first.equals("LOAD");
    boolean forbidden = INSUFFICIENT_PRIVILEGE.equals(sqlState);
    boolean ofServer =
        ABOUT_SERVER.contains(second)
            || first.equals("GRANT")
            || first.equals("REVOKE")
            || first.equals("SECURITY")
            || head.starts("COMMENT", "ON");
    if (ofPublication
        || ofExtension
        || setting
        || (forbidden && ofServer)
        || second.equals("DATABASE")) {
      return Optional.of(Omission.SERVER);
    }
    return Optional.empty();
  }
}
