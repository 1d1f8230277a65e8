package io.agentos.tools.files;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;

/**
 * A tool that reads one folder: it opens the workspace that the argument {@code folder} names and
 * tells what went wrong in the same words for all of them.
 *
 * <p>A folder outside of the allowed roots is thrown, for no agent can do anything about it. A
 * folder that does not exist, and a path that leads out of the folder, are failed results.
 */
public final class WorkspaceTool implements Tool {

  /** What the tool does once it has its workspace. */
  @FunctionalInterface
  public interface Work {
    /** An {@link AgentOsException} that is the caller's to mend becomes a failed result. */
    ToolResult run(Workspace workspace, ToolArguments arguments) throws IOException;
  }

  private final FileRoots roots;
  private final ToolSpec spec;
  private final Work work;

  public WorkspaceTool(FileRoots roots, ToolSpec spec, Work work) {
    this.roots = roots;
    this.spec = spec;
    this.work = work;
  }

  /** The spec of a tool that changes nothing. */
  public static ToolSpec readOnly(
      String name, String description, InputSchema schema, Duration timeout) {
    return new ToolSpec(
        name, description, schema.toMap(), ToolSpec.Effect.READ_ONLY, Zone.GREEN, timeout);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    Workspace workspace;
    try {
      workspace = roots.workspace(arguments.text(InputSchema.FOLDER));
    } catch (AgentOsException e) {
      return failure(e, e.code() != ErrorCode.OUTSIDE_ROOTS);
    }
    try {
      return work.run(workspace, arguments);
    } catch (AgentOsException e) {
      return failure(e, e.code().owner() == ErrorCode.Owner.CALLER);
    } catch (InterruptedIOException | ClosedByInterruptException e) {
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE, "%s was stopped before it ended.".formatted(spec.name()), e);
    } catch (AccessDeniedException e) {
      return ToolResult.failure("A file or folder may not be read by the user AgentOS runs as.");
    } catch (IOException e) {
      return ToolResult.failure(
          "A file or folder could not be read (%s); it may have changed meanwhile."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static ToolResult failure(AgentOsException e, boolean agentCanAct) {
    if (!agentCanAct) {
      throw e;
    }
    return ToolResult.failure(e.detail());
  }
}
