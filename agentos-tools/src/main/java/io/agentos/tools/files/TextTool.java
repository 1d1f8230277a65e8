package io.agentos.tools.files;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * A tool that looks at texts, given as such or as the names of files below the allowed roots, and
 * tells what went wrong in the same words for all of them. It changes nothing.
 */
public final class TextTool implements Tool {

  /** The way to the texts that the arguments of one call give or name. */
  @FunctionalInterface
  public interface Texts {
    /** The text of an argument; throws as {@link GivenText#of}. */
    GivenText read(String value, GivenText.Kind kind) throws IOException;
  }

  /** What the tool does. */
  @FunctionalInterface
  public interface Work {
    /** An {@link AgentOsException} that is the caller's to mend becomes a failed result. */
    ToolResult run(ToolArguments arguments, Texts texts) throws IOException;
  }

  private final FileRoots roots;
  private final ToolSpec spec;
  private final Work work;

  public TextTool(FileRoots roots, ToolSpec spec, Work work) {
    this.roots = roots;
    this.spec = spec;
    this.work = work;
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    try {
      return work.run(arguments, (value, kind) -> GivenText.of(roots, value, kind));
    } catch (AgentOsException e) {
      if (e.code().owner() == ErrorCode.Owner.CALLER) {
        return ToolResult.failure(e.detail());
      }
      throw e;
    } catch (InterruptedIOException | ClosedByInterruptException e) {
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE, "%s was stopped before it ended.".formatted(spec.name()), e);
    } catch (IOException e) {
      return ToolResult.failure(
          "The file could not be read (%s); it may have changed meanwhile, or may not be read."
              .formatted(e.getClass().getSimpleName()));
    }
  }
}
