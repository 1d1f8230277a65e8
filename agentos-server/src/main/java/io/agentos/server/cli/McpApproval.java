package io.agentos.server.cli;

import io.agentos.server.config.Config;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the MCP servers of the packs, and approves what they offer. */
public interface McpApproval {

  /**
   * A server as it is declared, approved and found.
   *
   * @param digest of all that it offers now; empty when it cannot be asked
   * @param problem why it cannot be asked; empty when it was
   * @param lock the file that keeps what was approved
   */
  record Server(
      String name, String pack, String digest, String problem, Path lock, List<Tool> tools) {
    public Server {
      tools = List.copyOf(tools);
    }

    /** Whether each tool it offers is as it was approved. */
    public boolean settled() {
      return problem.isEmpty() && tools.stream().allMatch(tool -> tool.state() == State.APPROVED);
    }
  }

  /**
   * A tool of a server.
   *
   * @param name ours
   * @param remote the server's
   * @param now what the server says of it; empty when it is gone
   * @param before what was approved where that is another; empty where nothing was
   */
  record Tool(
      String name,
      String remote,
      State state,
      String effect,
      String zone,
      String now,
      String before) {}

  /** What a tool is beside what was approved. */
  enum State {
    APPROVED,
    CHANGED,
    NEW,
    GONE,
    /** It cannot be approved; {@code now} says why. */
    UNFIT
  }

  /**
   * The servers of all packs.
   *
   * @param only a server's name; null for all
   */
  List<Server> look(Config config, @Nullable String only);

  /**
   * Approves what a server offers, if that is still what was looked at.
   *
   * @param digest of what was looked at
   * @return how many tools are approved now
   * @throws io.agentos.api.AgentOsException DIGEST_MISMATCH when it offers something else by now
   */
  int approve(Config config, String server, String digest);
}
