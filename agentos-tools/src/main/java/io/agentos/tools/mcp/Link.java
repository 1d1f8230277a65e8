package io.agentos.tools.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What both transports to a server have in common: it can break, once and with a reason, and it
 * knows which request a call became. Nothing that a server sends is kept.
 *
 * <p>Thread-safe.
 */
abstract class Link implements McpClientTransport {
  /** The longest message of a server, in bytes. */
  static final int MESSAGE_BYTES_MAX = 8 * 1024 * 1024;

  private static final int DEPTH_MAX = 100;
  private static final int NUMBER_LENGTH_MAX = 100;
  private static final McpJsonMapper MAPPER = mapper();

  private final Sinks.One<Object> broken = Sinks.one();
  private final AtomicBoolean toolsChanged = new AtomicBoolean();
  private final Map<String, Object> requests = new ConcurrentHashMap<>();
  private volatile @Nullable BrokenLinkException cause;
  private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler =
      message -> message;

  /** Never gives a value; fails with the reason when the link breaks. */
  final Mono<Object> broken() {
    return broken.asMono();
  }

  /** Why the link broke; empty while it holds. */
  final Optional<BrokenLinkException> cause() {
    return Optional.ofNullable(cause);
  }

  /** Whether the server said that its tools are others now; asking forgets it. */
  final boolean takeToolsChanged() {
    return toolsChanged.getAndSet(false);
  }

  /** The id of the request that carries this progress token; asking forgets it. */
  final Optional<Object> takeRequest(String token) {
    return Optional.ofNullable(requests.remove(token));
  }

  /** Breaks the link; the first reason stands. */
  final void breakWith(String reason) {
    BrokenLinkException failure = new BrokenLinkException(reason);
    synchronized (broken) {
      if (cause != null) {
        return;
      }
      cause = failure;
    }
    broken.tryEmitError(failure);
  }

  final void handler(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> incoming) {
    this.handler = incoming;
  }

  /** Notes what a request carries before it is sent. */
  final String written(JSONRPCMessage message) throws IOException {
    if (message instanceof McpSchema.JSONRPCRequest request
        && request.params() instanceof McpSchema.CallToolRequest call
        && call.meta() != null
        && call.meta().get("progressToken") instanceof String token) {
      requests.put(token, request.id());
    }
    return MAPPER.writeValueAsString(message);
  }

  /**
   * Hands a message of the server on.
   *
   * @throws IOException when it is no message of MCP
   */
  final void received(String text) throws IOException {
    JSONRPCMessage message;
    try {
      message = McpSchema.deserializeJsonRpcMessage(MAPPER, text);
    } catch (RuntimeException e) {
      throw new IOException("not a message of MCP", e);
    }
    if (message instanceof McpSchema.JSONRPCNotification notification) {
      // Nothing else that a server tells by itself is of use here.
      if (notification.method().equals(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED)) {
        toolsChanged.set(true);
      }
      return;
    }
    beforeHandling(message);
    handler.apply(Mono.just(message)).onErrorComplete().subscribe();
  }

  /** Sees each request and answer of the server. */
  void beforeHandling(JSONRPCMessage message) {}

  @Override
  public final <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return MAPPER.convertValue(data, type);
  }

  @Override
  public final List<String> protocolVersions() {
    return List.of(
        ProtocolVersions.MCP_2024_11_05,
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }

  private static McpJsonMapper mapper() {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .maxStringLength(MESSAGE_BYTES_MAX)
            .build();
    return new JacksonMcpJsonMapper(
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build()).build());
  }
}
