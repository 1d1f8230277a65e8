package io.agentos.tools.mcp;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.mcp.McpDescribed.Fingerprint;
import io.modelcontextprotocol.spec.McpError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One MCP server: started when a tool of it is first called, started again after it broke, asked
 * only for tools that are as they were approved.
 *
 * <p>Thread-safe. Its tools share one connection, and so does every tenant: what a server remembers
 * between calls is between it and whoever declared it.
 */
public final class McpServer implements AutoCloseable {
  private static final int CALLS_MAX = 16;
  private static final long PLACE_SECONDS_MAX = 5;

  /** So many calls in a row without an answer, and the server is started anew. */
  private static final int SILENCES_MAX = 3;

  private final McpServerSettings settings;
  private final Egress egress;
  private final Fingerprint fingerprint;
  private final McpRefusals refusals;
  private final Semaphore places = new Semaphore(CALLS_MAX, true);
  private final ReentrantLock lock = new ReentrantLock();
  private final Restarts restarts = new Restarts();
  private @Nullable McpSession session;
  private @Nullable StdioLink program;
  private int silences;
  private boolean closed;

  /**
   * @param egress the only way to servers elsewhere
   */
  public McpServer(
      McpServerSettings settings, Egress egress, Fingerprint fingerprint, McpRefusals refusals) {
    this.settings = settings;
    this.egress = egress;
    this.fingerprint = fingerprint;
    this.refusals = refusals;
  }

  /** The approved tools. */
  public List<Tool> tools() {
    return settings.offers().stream().<Tool>map(offer -> new McpTool(this, offer)).toList();
  }

  /**
   * What the server offers now; starts it where need be.
   *
   * @throws AgentOsException TOOL_UNAVAILABLE or EGRESS_REFUSED when it cannot be asked
   */
  public List<McpDescribed> offered() {
    return session().offered();
  }

  /** The end of what its program wrote to its standard error; for the operator's eyes only. */
  public String lastWords() {
    lock.lock();
    try {
      return program == null ? "" : program.lastWords();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      drop();
    } finally {
      lock.unlock();
    }
  }

  ToolResult call(McpOffer offer, ToolArguments arguments, ToolContext context) {
    takePlace();
    try {
      McpSession open = session();
      mustBeApproved(open, offer, context);
      return asked(open, offer, arguments, context);
    } finally {
      places.release();
    }
  }

  private void takePlace() {
    try {
      if (places.tryAcquire(PLACE_SECONDS_MAX, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw unavailable("it has %d calls under way already".formatted(CALLS_MAX), null);
  }

  /** Stops a call of a tool that is not what somebody approved. */
  private void mustBeApproved(McpSession open, McpOffer offer, ToolContext context) {
    Optional<String> found;
    try {
      found = open.fingerprint(offer.remote(), fingerprint);
    } catch (RuntimeException e) {
      throw before(open, e);
    }
    if (found.isPresent() && found.get().equals(offer.sha256())) {
      return;
    }
    refusals.refused(context, offer, found.orElse(""));
    throw new AgentOsException(
        ErrorCode.TOOL_CHANGED,
        "Tool %s is not what was approved: its server %s. Look at it and run 'agentos mcp approve %s'."
            .formatted(
                offer.spec().name(),
                found.isPresent() ? "describes it otherwise now" : "no longer offers it",
                settings.name()));
  }

  private ToolResult asked(
      McpSession open, McpOffer offer, ToolArguments arguments, ToolContext context) {
    try {
      ToolResult result =
          Answers.of(open.call(offer.remote(), arguments.values(), context.key().idempotencyKey()));
      answered();
      return result;
    } catch (McpError e) {
      answered();
      return ToolResult.failure(
          Answers.cut("The server refused the call: " + String.valueOf(e.getMessage())));
    } catch (NotSentException e) {
      broke(open);
      throw unsent(e);
    } catch (BrokenLinkException e) {
      broke(open);
      throw lost(offer, e.reason(), e);
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        silent(open);
        throw unavailable("it gave no answer in time", e);
      }
      throw lost(offer, "its answer is no result of a tool", e);
    }
  }

  /** What became of a call that was sent and not answered. */
  private RuntimeException lost(McpOffer offer, String reason, RuntimeException cause) {
    return offer.spec().effect() == ToolSpec.Effect.ONCE
        ? new UnknownOutcomeException(
            "MCP server %s was asked for %s and never told the outcome: %s."
                .formatted(settings.name(), offer.spec().name(), reason),
            cause)
        : unavailable(reason, cause);
  }

  private McpSession session() {
    lock.lock();
    try {
      McpSession open = session;
      if (open != null && open.holds()) {
        return open;
      }
      if (open != null) {
        drop();
        restarts.failed();
      }
      if (closed) {
        throw unavailable("this server is closing", null);
      }
      Duration rest = restarts.rest();
      if (rest.isPositive()) {
        throw AgentOsException.retryAfter(
            ErrorCode.TOOL_UNAVAILABLE,
            "MCP server %s broke and is started again in %d s."
                .formatted(settings.name(), rest.toSeconds() + 1),
            rest);
      }
      return opened();
    } finally {
      lock.unlock();
    }
  }

  private McpSession opened() {
    Link link =
        switch (settings.endpoint()) {
          case McpEndpoint.Program started -> {
            StdioLink stdio = new StdioLink(started);
            program = stdio;
            yield stdio;
          }
          case McpEndpoint.Service service -> new HttpLink(service, egress);
        };
    try {
      McpSession opened = McpSession.open(link);
      session = opened;
      silences = 0;
      return opened;
    } catch (RuntimeException e) {
      restarts.failed();
      throw unopened(e);
    }
  }

  private AgentOsException before(McpSession open, RuntimeException e) {
    if (open.holds() && Thread.currentThread().isInterrupted()) {
      return unavailable("it gave no answer in time", e);
    }
    broke(open);
    return e instanceof NotSentException unsent
        ? unsent(unsent)
        : unavailable(
            e instanceof BrokenLinkException b ? b.reason() : "it does not list its tools", e);
  }

  /** The call that wanted the server was surely not made. */
  private AgentOsException unopened(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof NotSentException unsent) {
        return unsent(unsent);
      }
      if (cause instanceof BrokenLinkException broken) {
        return unavailable(broken.reason(), e);
      }
    }
    return unavailable("it did not answer the handshake as MCP asks", e);
  }

  private AgentOsException unsent(NotSentException e) {
    return e.failure().orElseGet(() -> unavailable(e.reason(), e));
  }

  private void answered() {
    lock.lock();
    try {
      silences = 0;
      restarts.succeeded();
    } finally {
      lock.unlock();
    }
  }

  /** A call was given up; a server that is silent again and again is started anew. */
  private void silent(McpSession open) {
    lock.lock();
    try {
      silences++;
      if (silences >= SILENCES_MAX && session == open) {
        drop();
        restarts.failed();
      }
    } finally {
      lock.unlock();
    }
  }

  private void broke(McpSession open) {
    lock.lock();
    try {
      if (session == open) {
        drop();
        restarts.failed();
      }
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    McpSession open = session;
    session = null;
    silences = 0;
    if (open != null) {
      open.close();
    }
  }

  private AgentOsException unavailable(String why, @Nullable Throwable cause) {
    String message = "MCP server %s cannot be used: %s.".formatted(settings.name(), why);
    return cause == null
        ? new AgentOsException(ErrorCode.TOOL_UNAVAILABLE, message)
        : new AgentOsException(ErrorCode.TOOL_UNAVAILABLE, message, cause);
  }
}
