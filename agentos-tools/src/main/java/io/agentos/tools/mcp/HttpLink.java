package io.agentos.tools.mcp;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.Egress;
import io.agentos.spi.Egress.HttpAnswer;
import io.agentos.spi.Egress.HttpCall;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A server elsewhere, over streamable HTTP: each message is a call through the egress guard, in the
 * thread of whoever sends it, and the answer is read to its end. There is no stream for what the
 * server may want to say between calls: its tools are looked at again instead.
 *
 * <p>Thread-safe.
 */
final class HttpLink extends Link {
  private static final Duration CALL_MAX = Duration.ofHours(1);
  private static final Duration FAREWELL_MAX = Duration.ofSeconds(2);
  private static final String SESSION = "mcp-session-id";

  private final McpEndpoint.Service service;
  private final Egress egress;
  private volatile @Nullable String session;
  private volatile @Nullable String version;

  HttpLink(McpEndpoint.Service service, Egress egress) {
    this.service = service;
    this.egress = egress;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> incoming) {
    return Mono.fromRunnable(() -> handler(incoming));
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> send(message));
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }

  @Override
  public void close() {
    String open = session;
    session = null;
    breakWith("it was closed");
    if (open == null) {
      return;
    }
    try {
      Map<String, String> headers = headers();
      headers.put(SESSION, open);
      var _ = egress.call(new HttpCall("DELETE", service.url(), headers, "", FAREWELL_MAX, 1_000));
    } catch (AgentOsException | NotSentException e) {
      // The server forgets the session by itself.
    }
  }

  @Override
  void beforeHandling(JSONRPCMessage message) {
    if (message instanceof McpSchema.JSONRPCResponse response
        && response.result() instanceof Map<?, ?> result
        && result.get("protocolVersion") instanceof String agreed) {
      version = agreed;
    }
  }

  private void send(JSONRPCMessage message) {
    if (cause().isPresent()) {
      throw new NotSentException(cause().get().reason());
    }
    HttpCall call = call(message);
    HttpAnswer answer;
    try {
      answer = egress.call(call);
    } catch (AgentOsException e) {
      throw unanswered(e);
    }
    if (session == null) {
      session = answer.headers().getOrDefault(SESSION, List.of()).stream().findFirst().orElse(null);
    }
    if (answer.status() != 200) {
      refused(answer.status());
      return;
    }
    if (answer.cut()) {
      throw broken("it answered more than %,d bytes".formatted(MESSAGE_BYTES_MAX));
    }
    try {
      for (String text : messages(answer)) {
        received(text);
      }
    } catch (IOException e) {
      throw broken("it answered something that is no message of MCP");
    }
  }

  private HttpCall call(JSONRPCMessage message) {
    Map<String, String> headers = headers();
    headers.put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    String open = session;
    if (open != null) {
      headers.put(SESSION, open);
    }
    try {
      return new HttpCall(
          "POST", service.url(), headers, written(message), CALL_MAX, MESSAGE_BYTES_MAX);
    } catch (IOException e) {
      throw new IllegalStateException("a message of MCP is JSON", e);
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers;
    try {
      headers = new LinkedHashMap<>(service.headers().get());
    } catch (AgentOsException e) {
      throw new NotSentException(e);
    }
    String agreed = version;
    if (agreed != null) {
      headers.put("mcp-protocol-version", agreed);
    }
    return headers;
  }

  /** 202 means taken; all else but 200 means that nothing was answered. */
  private void refused(int status) {
    if (status == 202) {
      return;
    }
    if (status >= 400 && status < 500) {
      String reason = "it refuses calls with status %d".formatted(status);
      breakWith(reason);
      throw new NotSentException(reason);
    }
    throw broken("it answered with status %d".formatted(status));
  }

  private BrokenLinkException broken(String reason) {
    breakWith(reason);
    return cause().orElseThrow();
  }

  /** Where nobody was reached, nothing was done. */
  private RuntimeException unanswered(AgentOsException e) {
    boolean unreached =
        e.code() == ErrorCode.EGRESS_REFUSED
            || e.getCause() instanceof ConnectException
            || e.getCause() instanceof UnknownHostException;
    breakWith("its connection ended without an answer");
    return unreached ? new NotSentException(e) : cause().orElseThrow();
  }

  /** The message of a JSON answer, or those of a stream of events. */
  private static List<String> messages(HttpAnswer answer) {
    String type = String.join(",", answer.headers().getOrDefault("content-type", List.of()));
    return type.startsWith("text/event-stream")
        ? SentEvents.of(answer.body())
        : List.of(answer.body());
  }
}
