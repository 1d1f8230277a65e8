package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.http.HttpTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web tools through the guard and the registry that the server gives them. */
final class HttpToolsTest {
  private static final List<EgressRule> LOCAL =
      EgressRule.parse("http://127.0.0.1").stream().toList();

  @Test
  void get_listedServer_answers() throws IOException {
    try (OneAnswer server =
        new OneAnswer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\notters")) {
      assertThat(call("http.get", LOCAL, Map.of("url", server.url())).text()).isEqualTo("otters");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/",
        "https://127.1/",
        "https://2130706433/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://me:word@otter.example/",
        "https://localhost/"
      })
  void get_inside_isRefused(String url) {
    assertThatThrownBy(() -> call("http.get", List.of(), Map.of("url", url)))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_REFUSED));
  }

  @Test
  void get_redirectInside_isNotFollowed() throws IOException {
    try (OneAnswer server =
        new OneAnswer(
            "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(call("http.get", LOCAL, Map.of("url", server.url())).text())
          .isEqualTo(
              "127.0.0.1 answered 302 and leads to http://169.254.169.254/, which was not asked.");
    }
  }

  @Test
  void post_answerBreaks_isUnknownAndNotRepeated() throws IOException {
    try (OneAnswer server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nott")) {
      assertThatThrownBy(() -> call("http.post", LOCAL, Map.of("url", server.url(), "body", "a")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("http.post was sent to 127.0.0.1 and no whole answer came");
      assertThat(server.connections).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http.get", "http.put", "http.delete"})
  void call_answerBreaks_maybeRepeated(String tool) throws IOException {
    try (OneAnswer server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nott")) {
      assertThatThrownBy(() -> call(tool, LOCAL, Map.of("url", server.url())))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE));
    }
  }

  @Test
  void post_nobodyListens_maybeRepeated() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    String url = "http://127.0.0.1:%d/".formatted(port);

    assertThatThrownBy(() -> call("http.post", LOCAL, Map.of("url", url)))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE))
        .hasMessage("No answer came from 127.0.0.1:%d: nobody listens there.", port);
  }

  @ParameterizedTest
  @CsvSource({
    "host, heron.example",
    "X-Forwarded-For, 10.0.0.1",
    "Accept, text/html",
    "cookie, a=b",
    "transfer-encoding, chunked",
    "accept, 'a\r\nHost: heron'",
    "accept, 'a\u0000b'",
  })
  void schema_headerThatIsNotForCallers_isRefused(String name, String value) {
    Map<String, @Nullable Object> arguments =
        Map.of("url", "https://otter.example/", "headers", Map.of(name, value));

    assertThat(registry(List.of()).problem(tool("http.get").spec(), arguments)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://otter.example/", "otter.example", "https://otter example/", ""})
  void schema_urlThatIsNone_isRefused(String url) {
    assertThat(registry(List.of()).problem(tool("http.get").spec(), Map.of("url", url)))
        .isPresent();
  }

  private static ToolResult call(
      String tool, List<EgressRule> rules, Map<String, @Nullable Object> arguments) {
    ToolsRegistry registry = registry(rules);
    assertThat(registry.problem(tool(tool).spec(), arguments)).isEmpty();
    return tool(tool)
        .call(
            new ToolArguments(arguments),
            new ToolContext(
                new StepKey(TenantId.DEFAULT, TaskId.next(), 1, "test"),
                new AgentId("engineering", "test"),
                registry.egress()));
  }

  private static ToolsRegistry registry(List<EgressRule> rules) {
    return new ToolsRegistry(HttpTools.tools(), new EgressGuard(rules));
  }

  private static Tool tool(String name) {
    return registry(List.of()).find(name).orElseThrow();
  }

  /** Says one thing to whoever connects, after the request's first bytes, and hangs up. */
  private static final class OneAnswer implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

    OneAnswer(String answer) throws IOException {
      Thread.ofVirtual().start(() -> listen(answer));
    }

    String url() {
      return "http://127.0.0.1:%d/den".formatted(server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      server.close();
    }

    private void listen(String answer) {
      byte[] request = new byte[8_192];
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          connections.incrementAndGet();
          if (socket.getInputStream().read(request) > 0) {
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          }
        } catch (IOException e) {
          // The next one, or the end.
        }
      }
    }
  }
}
