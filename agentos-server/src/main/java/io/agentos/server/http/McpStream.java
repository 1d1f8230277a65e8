package io.agentos.server.http;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import reactor.core.publisher.Mono;

/**
 * One stream of messages to a client, as server-sent events.
 *
 * <p>Thread-safe: what is said in a call and what keeps the line alive may come from two threads.
 */
final class McpStream implements McpStreamableServerTransport {
  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final McpJsonMapper mapper;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;

  McpStream(OutputStream out, McpJsonMapper mapper) {
    this.out = out;
    this.mapper = mapper;
  }

  /** Shows that the line is alive. */
  void signOfLife() throws IOException {
    write(SIGN_OF_LIFE);
  }

  /** Whether nothing more is said. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> say(message));
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message, String eventId) {
    return Mono.fromRunnable(() -> say(message));
  }

  @Override
  public <T> T unmarshalFrom(Object value, TypeRef<T> type) {
    return mapper.convertValue(value, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }

  @Override
  public void close() {
    closed = true;
  }

  /** There are no ids: nothing is kept to be asked for again, a task's result apart. */
  private void say(JSONRPCMessage message) {
    if (closed) {
      return;
    }
    try {
      String event = "event: message\ndata: " + mapper.writeValueAsString(message) + "\n\n";
      write(event.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      closed = true;
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    lock.lock();
    try {
      out.write(bytes);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
