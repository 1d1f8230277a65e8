package io.agentos.server.cli;

import java.nio.file.Path;

/** Reads a pack as the server would. */
@FunctionalInterface
public interface PackCheck {
  /**
   * What is in the pack, in a few words such as {@code supabase 1.0.0, 1 agent}.
   *
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION with what is wrong
   */
  String check(Path folder);
}
