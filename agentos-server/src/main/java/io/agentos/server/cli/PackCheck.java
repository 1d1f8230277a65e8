package io.agentos.server.cli;

import java.nio.file.Path;
import java.util.List;

/** Reads a pack as the server would. */
public interface PackCheck {
  /**
   * What is in the pack, in a few words such as {@code supabase 1.0.0, 1 agent}.
   *
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION with what is wrong
   */
  String check(Path folder);

  /**
   * Writes the SHA-256 of each prompt into the agent's golden tasks.
   *
   * @return the files that were changed, within the pack
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION with what is wrong with the pack
   */
  List<String> rehash(Path folder);
}
