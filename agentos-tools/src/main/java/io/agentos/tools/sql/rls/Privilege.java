package io.agentos.tools.sql.rls;

/** What a grant allows, in the order in which people name it. */
enum Privilege {
  SELECT("read"),
  INSERT("add"),
  UPDATE("change"),
  DELETE("delete"),
  TRUNCATE("empty"),
  REFERENCES("refer to"),
  TRIGGER("put triggers on"),
  USAGE("use"),
  CREATE("create objects in"),
  EXECUTE("call"),
  OTHER("maintain");

  private final String verb;

  Privilege(String verb) {
    this.verb = verb;
  }

  /** In plain words. */
  String verb() {
    return verb;
  }

  /** Whether it touches rows and policies apply to it. */
  boolean onRows() {
    return compareTo(DELETE) <= 0;
  }

  /** Whether it changes rows and policies apply to it. */
  boolean changesRows() {
    return onRows() && this != SELECT;
  }

  /** The privilege of this name; {@code OTHER} for one that does not matter here. */
  static Privilege named(String name) {
    for (Privilege privilege : values()) {
      if (privilege.name().equals(name)) {
        return privilege;
      }
    }
    return OTHER;
  }
}
