package io.agentos.tools.mcp;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A server that is a program of ours to start: messages are lines on its standard input and output.
 *
 * <p>Thread-safe. Three threads of its own serve the pipes; what waits to be written is bounded,
 * and so is what the program may send.
 */
final class StdioLink extends Link {
  /** What a program may write that is no message before it is stopped. */
  private static final int STRAY_LINES_MAX = 20;

  /** How many messages a program may send within {@link #FLOOD_NANOS}. */
  private static final int MESSAGES_MAX = 10_000;

  private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int QUEUE_MAX = 64;
  private static final long FAREWELL_MILLIS = 500;

  private final McpEndpoint.Program program;
  private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final LastWords lastWords = new LastWords();
  private volatile ProcessTree process = ProcessTree.NONE;
  private volatile @Nullable AgentOsException unstarted;

  StdioLink(McpEndpoint.Program program) {
    this.program = program;
  }

  /** The end of what the program wrote to its standard error; for the operator's eyes only. */
  String lastWords() {
    return lastWords.text();
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> incoming) {
    return Mono.fromRunnable(() -> {
      handler(incoming);
      start().ifPresent(this::serve);
    });
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> send(message));
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }

  /** Ends the program and all that it started. */
  @Override
  public void close() {
    breakWith("it was closed");
    process.end(FAREWELL_MILLIS);
  }

  private void serve(Process started) {
    process = new ProcessTree(started);
    thread("out", () -> read(started.getInputStream()));
    thread("err", () -> lastWords.drain(started.getErrorStream()));
    thread("in", () -> write(started.getOutputStream()));
  }

  /** The SDK hears nothing of a failure here: it is told to who sends the first message. */
  private Optional<Process> start() {
    try {
      Files.createDirectories(
          program.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      ProcessBuilder builder =
          new ProcessBuilder(program.command()).directory(program.folder().toFile());
      builder.environment().clear();
      builder.environment().putAll(program.environment().get());
      return Optional.of(builder.start());
    } catch (AgentOsException e) {
      unstarted = e;
    } catch (IOException e) {
      unstarted =
          new AgentOsException(
              ErrorCode.TOOL_UNAVAILABLE,
              "The program %s cannot be started: it does not exist, may not be run, or its folder cannot be made."
                  .formatted(program.command().getFirst()),
              e);
    }
    breakWith("it cannot be started");
    return Optional.empty();
  }

  private void send(JSONRPCMessage message) {
    AgentOsException failure = unstarted;
    if (failure != null) {
      throw new NotSentException(failure);
    }
    if (cause().isPresent()) {
      throw new NotSentException(cause().get().reason());
    }
    byte[] line;
    try {
      line = (written(message) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("a message of MCP is JSON", e);
    }
    if (!outgoing.offer(line)) {
      String reason = "it reads nothing of what it is sent";
      fail(reason);
      throw new NotSentException(reason);
    }
  }

  private void write(OutputStream in) {
    try (in) {
      while (cause().isEmpty()) {
        byte[] line = outgoing.poll(1, TimeUnit.SECONDS);
        if (line != null) {
          in.write(line);
          in.flush();
        }
      }
    } catch (IOException e) {
      fail("it takes no more messages");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(InputStream out) {
    try (BoundedLines lines = new BoundedLines(out, MESSAGE_BYTES_MAX)) {
      int stray = 0;
      int messages = 0;
      long since = System.nanoTime();
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (System.nanoTime() - since > FLOOD_NANOS) {
          since = System.nanoTime();
          messages = 0;
        }
        if (++messages > MESSAGES_MAX) {
          fail("it sent more than %,d messages in 10 seconds".formatted(MESSAGES_MAX));
          return;
        }
        stray += took(line) ? 0 : 1;
        if (stray > STRAY_LINES_MAX) {
          fail("it wrote %d lines that are no messages of MCP".formatted(stray));
          return;
        }
      }
      fail(process.ending());
    } catch (BoundedLines.TooLongException e) {
      fail("it sent a message of more than %,d bytes".formatted(MESSAGE_BYTES_MAX));
    } catch (IOException e) {
      fail("its output broke off");
    }
  }

  private boolean took(String line) {
    if (line.isBlank()) {
      return true;
    }
    try {
      received(line);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void fail(String reason) {
    breakWith(reason);
    process.end(0);
  }

  private static void thread(String pipe, Runnable work) {
    Thread.ofPlatform().daemon().name("mcp-" + pipe).start(work);
  }
}
