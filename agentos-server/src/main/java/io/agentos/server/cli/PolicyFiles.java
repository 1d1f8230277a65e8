package io.agentos.server.cli;

import java.nio.file.Path;
import java.util.List;

/** Reads policies as the server would. */
public interface PolicyFiles {
  /**
   * What is in the document, in a few words such as {@code default, 4 rules}.
   *
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION with what is wrong
   */
  String lint(Path file, boolean ofTenant);

  /** How one case of a test of policies ended. */
  record Outcome(String name, boolean passed, String told) {}

  /**
   * Runs the cases of a test of policies.
   *
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION with what is wrong with the test or
   *     with its policies
   */
  List<Outcome> test(Path file);
}
