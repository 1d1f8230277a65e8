package io.agentos.tools.mcp;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.mcp.McpDescribed.Fingerprint;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One connection to a server, from its handshake to its end, and what the server offered in it.
 *
 * <p>Thread-safe. All calls block; an interrupt ends them.
 */
final class McpSession implements AutoCloseable {
  /** How many tools a server may offer. */
  static final int TOOLS_MAX = 200;

  private static final int PAGES_MAX = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** Longer than any call: those are ended by whoever makes them. */
  private static final Duration REQUEST_MAX = Duration.ofHours(2);

  /** A server may forget to say that its tools changed: it is asked again after so long. */
  private static final long LISTED_NANOS_MAX = Duration.ofMinutes(1).toNanos();

  private final Link link;
  private final McpAsyncClient client;
  private final ReentrantLock listing = new ReentrantLock();
  private List<McpDescribed> offered = List.of();
  private long listedNanos;

  private McpSession(Link link) {
    this.link = link;
    this.client =
        McpClient.async(link)
            .requestTimeout(REQUEST_MAX)
            .initializationTimeout(PATIENCE)
            .clientInfo(McpSchema.Implementation.builder("agentos", "1").build())
            .capabilities(new McpSchema.ClientCapabilities.Builder().build())
            .build();
  }

  /**
   * Shakes hands with the server and asks for its tools.
   *
   * @throws RuntimeException of any kind; the link is closed then
   */
  static McpSession open(Link link) {
    McpSession session = new McpSession(link);
    boolean opened = false;
    try {
      session.await(session.client.initialize(), PATIENCE);
      session.list();
      opened = true;
      return session;
    } finally {
      if (!opened) {
        link.close();
      }
    }
  }

  /** Whether calls can be made. */
  boolean holds() {
    return link.cause().isEmpty();
  }

  /** The tools the server offers, as it described them last. */
  List<McpDescribed> offered() {
    listing.lock();
    try {
      return offered;
    } finally {
      listing.unlock();
    }
  }

  /**
   * The tool as the server describes it now, looked at again where that may have changed.
   *
   * @return the fingerprint; empty when the server has no such tool
   */
  Optional<String> fingerprint(String remote, Fingerprint fingerprint) {
    listing.lock();
    try {
      if (link.takeToolsChanged() || System.nanoTime() - listedNanos > LISTED_NANOS_MAX) {
        list();
      }
      return offered.stream()
          .filter(tool -> tool.remote().equals(remote))
          .findFirst()
          .map(fingerprint::of);
    } finally {
      listing.unlock();
    }
  }

  /**
   * Calls a tool.
   *
   * @param key sent along, for servers that remember keys
   */
  CallToolResult call(String remote, Map<String, @Nullable Object> arguments, String key) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("progressToken", key);
    meta.put("io.agentos/idempotency-key", key);
    CallToolRequest request = new CallToolRequest(remote, nonNull(arguments), meta);
    try {
      return await(client.callTool(request), REQUEST_MAX);
    } catch (RuntimeException e) {
      if (Thread.interrupted() || e.getCause() instanceof InterruptedException) {
        cancel(key);
        Thread.currentThread().interrupt();
      }
      throw e;
    } finally {
      var _ = link.takeRequest(key);
    }
  }

  @Override
  public void close() {
    try {
      client.closeGracefully().block(FAREWELL);
    } catch (RuntimeException e) {
      // It is over in any case.
    } finally {
      link.close();
    }
  }

  private void cancel(String key) {
    Optional<Object> request = link.takeRequest(key);
    if (request.isEmpty() || !holds()) {
      return;
    }
    Map<String, Object> about =
        Map.of("requestId", request.get(), "reason", "The caller no longer waits.");
    link.sendMessage(new McpSchema.JSONRPCNotification("notifications/cancelled", about))
        .onErrorComplete()
        .subscribe();
  }

  /** All pages; more of them than any server needs break the link. */
  private void list() {
    List<McpDescribed> tools = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < PAGES_MAX && tools.size() <= TOOLS_MAX; page++) {
      ListToolsResult result = await(client.listTools(cursor), PATIENCE);
      for (McpSchema.Tool tool : result.tools()) {
        tools.add(described(tool));
      }
      cursor = result.nextCursor();
      if (cursor == null || cursor.isEmpty()) {
        break;
      }
    }
    if (tools.size() > TOOLS_MAX || (cursor != null && !cursor.isEmpty())) {
      link.breakWith(
          "it offers more than %d tools or %d pages of them".formatted(TOOLS_MAX, PAGES_MAX));
      throw link.cause().orElseThrow();
    }
    offered = List.copyOf(tools);
    listedNanos = System.nanoTime();
  }

  private static McpDescribed described(McpSchema.Tool tool) {
    Map<String, Boolean> hints = new LinkedHashMap<>();
    McpSchema.ToolAnnotations said = tool.annotations();
    if (said != null) {
      put(hints, "readOnlyHint", said.readOnlyHint());
      put(hints, "destructiveHint", said.destructiveHint());
      put(hints, "idempotentHint", said.idempotentHint());
      put(hints, "openWorldHint", said.openWorldHint());
    }
    String description = tool.description() == null ? "" : tool.description();
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    if (tool.inputSchema() != null) {
      tool.inputSchema().forEach((key, value) -> schema.put(key, PlainJson.of(value)));
    }
    return new McpDescribed(tool.name(), description, schema, hints);
  }

  private static void put(Map<String, Boolean> hints, String name, @Nullable Boolean hint) {
    if (hint != null) {
      hints.put(name, hint);
    }
  }

  /** A null argument is written as one; the SDK's types do not say that they take it. */
  @SuppressWarnings({"unchecked", "NullAway"})
  private static Map<String, Object> nonNull(Map<String, @Nullable Object> arguments) {
    return (Map<String, Object>) (Map<String, ?>) arguments;
  }

  /** The value, or the end of the link, whichever comes first. */
  private <T> T await(Mono<T> answer, Duration atMost) {
    @SuppressWarnings("unchecked")
    Mono<T> broken = (Mono<T>) link.broken();
    T value = Mono.firstWithSignal(answer, broken).block(atMost);
    if (value == null) {
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE, "The MCP server answered without a result.");
    }
    return value;
  }
}
