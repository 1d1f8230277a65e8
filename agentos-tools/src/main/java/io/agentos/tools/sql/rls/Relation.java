package io.agentos.tools.sql.rls;

/**
 * A table, view or the like.
 *
 * @param schema number of its schema
 * @param name its name without the schema, as it is
 * @param quoted its full name for SQL
 * @param rls whether row-level security is on
 * @param forced whether it holds for the owner too
 * @param partition whether it is a part of a partitioned table
 * @param invoker for a view: whether it reads with the rights of the caller
 * @param updatable for a view: whether rows can be written through it
 */
record Relation(
    long oid,
    long schema,
    String name,
    String quoted,
    Kind kind,
    long owner,
    boolean rls,
    boolean forced,
    boolean partition,
    boolean invoker,
    boolean updatable,
    String comment) {

  /** The kinds of relations that hold or show rows. */
  enum Kind {
    TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE;

    static Kind of(String relkind) {
      return switch (relkind) {
        case "r", "p" -> TABLE;
        case "v" -> VIEW;
        case "m" -> MATERIALIZED_VIEW;
        case "f" -> FOREIGN_TABLE;
        default -> throw new IllegalArgumentException("no kind of relation: " + relkind);
      };
    }
  }

  /** Whether this privilege lets anyone do anything with its rows. */
  boolean offers(Privilege privilege) {
    return switch (kind) {
      case TABLE, FOREIGN_TABLE -> true;
      case VIEW -> updatable || !privilege.changesRows();
      case MATERIALIZED_VIEW -> !privilege.changesRows();
    };
  }

  boolean isTable() {
    return kind == Kind.TABLE;
  }
}
