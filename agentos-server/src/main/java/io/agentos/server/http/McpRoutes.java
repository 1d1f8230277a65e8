package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Permission;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * MCP over streamable HTTP: {@code POST}, {@code GET} and {@code DELETE /mcp}. The SDK speaks the
 * protocol; who calls, and what a call may be, is as on every route.
 *
 * <p>Thread-safe. Reactor never leaves this package's Mcp classes: all waits block.
 */
final class McpRoutes {
  private static final String PATH = "/mcp";
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String CANCELLED = "notifications/cancelled";
  private static final McpJsonMapper MAPPER =
      new JacksonMcpJsonMapper(JsonMapper.builder().build());

  private final Origins origins;
  private final McpTools tools;
  private final McpCalls calls;
  private final McpSessions sessions = new McpSessions();
  private final McpStreams streams;

  McpRoutes(
      HttpServices services, Idempotent idempotent, Followers followers, HttpSettings settings) {
    this.origins = new Origins(settings);
    this.streams = new McpStreams(Credentials.of(services));
    this.tools = new McpTools(services.catalog());
    this.calls = new McpCalls(services, idempotent);
    McpHandlers handlers = new McpHandlers(calls, followers);
    McpAbout about = new McpAbout(services);
    var _ =
        McpServer.sync(sessions)
            .jsonMapper(MAPPER)
            .serverInfo("agentos", "1")
            .instructions(McpAbout.INSTRUCTIONS)
            .capabilities(
                new McpSchema.ServerCapabilities.Builder()
                    .tools(false)
                    .resources(true, false)
                    .prompts(false)
                    .logging()
                    .build())
            .strictToolNameValidation(false)
            .validateToolInputs(false)
            .immediateExecution(true)
            .tools(specifications(handlers))
            .resources(about.resources())
            .prompts(about.prompts())
            .build();
  }

  List<Route> routes() {
    Access submit = new Access.Needs(Permission.SUBMIT);
    return List.of(
        new Route("POST", PATH, submit, this::post),
        new Route("GET", PATH, submit, this::listen),
        new Route("DELETE", PATH, submit, this::delete));
  }

  private List<SyncToolSpecification> specifications(McpHandlers handlers) {
    List<SyncToolSpecification> specifications = new ArrayList<>();
    for (McpSchema.Tool tool : tools.all()) {
      McpTools.Offered offered = tools.find(tool.name()).orElseThrow();
      specifications.add(
          new SyncToolSpecification(
              tool, (exchange, request) -> handlers.call(offered, exchange, request)));
    }
    return specifications;
  }

  private Answer post(Call call) {
    mustBeForUs(call);
    FieldProblems problems = new FieldProblems();
    var _ = call.body().fields(problems, "jsonrpc", "id", "method", "params", "result", "error");
    problems.throwIfAny();
    JSONRPCMessage message;
    try {
      message =
          McpSchema.deserializeJsonRpcMessage(
              MAPPER, new String(call.body().bytes(), StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      throw wrong("The body is no message of JSON-RPC 2.0.");
    }
    if (message instanceof JSONRPCRequest request
        && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
      return begin(call, request);
    }
    McpSessions.Session session = sessions.of(call, session(call));
    return switch (message) {
      case JSONRPCRequest request -> streams.open(out -> answer(call, session, request, out));
      case McpSchema.JSONRPCNotification notification -> {
        told(call, session, notification);
        yield new Answer.Ready(202, "", Map.of());
      }
      case JSONRPCResponse response -> {
        session.session().accept(response).onErrorComplete().block();
        yield new Answer.Ready(202, "", Map.of());
      }
      default -> throw wrong("The body is no message of JSON-RPC 2.0.");
    };
  }

  private Answer begin(Call call, JSONRPCRequest request) {
    McpSchema.InitializeRequest asked;
    try {
      asked = MAPPER.convertValue(request.params(), McpSchema.InitializeRequest.class);
    } catch (RuntimeException e) {
      throw wrong("The params of 'initialize' are not as MCP asks.");
    }
    if (asked == null || asked.protocolVersion() == null) {
      throw wrong("The params of 'initialize' have no protocolVersion.");
    }
    McpStreamableServerSession.McpStreamableServerSessionInit init = sessions.begin(call, asked);
    McpSchema.InitializeResult result = init.initResult().block();
    if (result == null) {
      throw new IllegalStateException("the SDK answers every handshake");
    }
    return json(200, JSONRPCResponse.result(request.id(), result))
        .with(SESSION, init.session().getId());
  }

  private void told(
      Call call, McpSessions.Session session, McpSchema.JSONRPCNotification notification) {
    if (notification.method().equals(CANCELLED)) {
      if (notification.params() instanceof Map<?, ?> about && about.get("requestId") != null) {
        session.task(about.get("requestId")).ifPresent(task -> calls.cancel(call, task));
      }
      return;
    }
    session.session().accept(notification).onErrorComplete().block();
  }

  /** Runs a request in this thread and writes what it says, to its answer. */
  private void answer(
      Call call, McpSessions.Session session, JSONRPCRequest request, OutputStream out) {
    McpStream stream = new McpStream(out, MAPPER);
    Optional<Object> known = withoutSession(request);
    if (known.isPresent()) {
      stream.sendMessage(JSONRPCResponse.result(request.id(), known.get())).block();
      return;
    }
    McpTransportContext context =
        McpTransportContext.create(
            Map.of(
                McpHandlers.CALL, call,
                McpHandlers.SESSION, session,
                McpHandlers.REQUEST, request.id()));
    McpStreamableServerSession.McpStreamableServerSessionStream answering =
        session.session().responseStream(stream);
    try {
      answering
          .handle(request)
          .contextWrite(more -> more.put(McpTransportContext.KEY, context))
          .block();
    } finally {
      answering.close();
    }
  }

  /**
   * What is answered without the SDK. A model that made a name up reads an answer, and would learn
   * nothing of an error of the protocol. Resources change with a new start of the server, of which
   * nobody can be told: who subscribes to one has heard all there is.
   */
  private Optional<Object> withoutSession(JSONRPCRequest request) {
    return switch (request.method()) {
      case McpSchema.METHOD_RESOURCES_SUBSCRIBE, McpSchema.METHOD_RESOURCES_UNSUBSCRIBE ->
          Optional.of(Map.of());
      case McpSchema.METHOD_TOOLS_CALL -> unknownTool(request);
      default -> Optional.empty();
    };
  }

  private Optional<Object> unknownTool(JSONRPCRequest request) {
    if (!(request.params() instanceof Map<?, ?> params)
        || !(params.get("name") instanceof String name)
        || tools.find(name).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        McpHandlers.failure(
            "%s: there is no tool '%s'; tools/list names them."
                .formatted(ErrorCode.UNKNOWN_TOOL, FieldProblems.shortened(name)),
            Map.of()));
  }

  /** A stream for what the server may want to say by itself: signs of life. */
  private Answer listen(Call call) {
    mustBeForUs(call);
    call.parameters().check();
    McpSessions.Session session = sessions.of(call, session(call));
    if (session.session().hasListeningStream()) {
      throw new AgentOsException(
          ErrorCode.CONFLICT, "This MCP session has a stream already; close that one first.");
    }
    return streams.open(out -> {
      McpStream stream = new McpStream(out, MAPPER);
      McpStreamableServerSession.McpStreamableServerSessionStream listening =
          session.session().listeningStream(stream);
      try {
        streams.keepAlive(call, stream);
      } finally {
        listening.close();
        session.session().releaseListeningStream();
      }
    });
  }

  private Answer delete(Call call) {
    origins.mustBeOurPage(call.headers());
    call.parameters().check();
    sessions.end(call, session(call));
    return Answer.empty();
  }

  private static String session(Call call) {
    return call.header(SESSION)
        .orElseThrow(
            () -> wrong("The header %s is missing; begin with 'initialize'.".formatted(SESSION)));
  }

  /** No page of another origin, and a version that is spoken here. */
  private void mustBeForUs(Call call) {
    origins.mustBeOurPage(call.headers());
    Optional<String> version = call.header(VERSION);
    if (version.isPresent() && !McpSessions.VERSIONS.contains(version.get())) {
      throw wrong(
          "The header %s must be one of %s."
              .formatted(VERSION, String.join(", ", McpSessions.VERSIONS)));
    }
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_MESSAGE, message);
  }

  private static Answer.Ready json(int status, Object body) {
    try {
      return new Answer.Ready(status, MAPPER.writeValueAsString(body), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
