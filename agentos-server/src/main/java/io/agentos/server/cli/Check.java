package io.agentos.server.cli;

/**
 * One thing that {@code agentos doctor} has looked at.
 *
 * @param found what is there
 * @param remedy what to do; empty when it is well
 */
record Check(String name, State state, String found, String remedy) {
  /** How well it is. */
  enum State {
    OK,
    WARN,
    FAIL
  }

  static Check ok(String name, String found) {
    return new Check(name, State.OK, found, "");
  }

  static Check warn(String name, String found, String remedy) {
    return new Check(name, State.WARN, found, remedy);
  }

  static Check fail(String name, String found, String remedy) {
    return new Check(name, State.FAIL, found, remedy);
  }
}
