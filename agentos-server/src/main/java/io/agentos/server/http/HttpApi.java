package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.sessions.ProviderSignIn;
import io.agentos.server.http.connection.BoundedConnections;
import io.agentos.server.http.connection.ConnectionBounds;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The HTTP API of one node.
 *
 * <p>Thread-safe. Closing it lets calls under way end, for a while, and sends followers home; the
 * services it stands on stay open.
 */
public final class HttpApi implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 4_096;
  private static final int FIRST_LINE_LENGTH_MAX = 8_192;
  private static final int HEADERS_LENGTH_MAX = 16_384;
  private static final int FRAMING_LENGTH_MAX = 8 * 1024 * 1024;

  /** Fixed, for the kernel would else keep megabytes for each reader that does not read. */
  private static final int SEND_BUFFER_BYTES = 256 * 1024;

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Capacity CAPACITY =
      new Capacity(
          256,
          1_000,
          new ConnectionBounds(
              Duration.ofSeconds(75),
              Duration.ofSeconds(60),
              Duration.ofSeconds(10),
              Duration.ofSeconds(2),
              BodyReader.BYTES_MAX + FRAMING_LENGTH_MAX));

  private final Followers followers;
  private final Map<String, String> always;
  private final Dispatcher dispatcher;
  private final List<Route> routes;
  private final List<Route> pages;
  private final BoundedConnections connections;
  private final WebServer server;

  public HttpApi(HttpServices services, HttpSettings settings) {
    this(services, settings, CAPACITY);
  }

  HttpApi(HttpServices services, HttpSettings settings, Capacity capacity) {
    this.followers = new Followers(services.feed(), capacity.followersMax());
    this.always = SecurityHeaders.of(settings.secure());
    this.dispatcher =
        new Dispatcher(
            new Callers(Credentials.of(services), settings),
            always,
            new Gate(capacity.callsMax()),
            new BodyMemory());
    this.routes = routes(services, followers, settings);
    this.pages = pages(services, settings);
    this.connections = new BoundedConnections(protocol(), capacity.connection());
    this.server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .connectionOptions(
                options -> options.tcpNoDelay(true).socketSendBufferSize(SEND_BUFFER_BYTES))
            .maxTcpConnections(CONNECTIONS_MAX)
            .maxPayloadSize(BodyReader.BYTES_MAX)
            .contentEncoding(new UndecodedContent())
            .directHandlers(DirectProblems.handlers(always))
            .shutdownGracePeriod(GRACE)
            .routing(this::route)
            .build();
  }

  /**
   * How much is done at once.
   *
   * @param callsMax calls that are worked on
   * @param followersMax streams of events, and calls that wait for the end of a task
   * @param connection what each connection may take
   */
  record Capacity(int callsMax, int followersMax, ConnectionBounds connection) {}

  /** Begins to listen. */
  public void start() {
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    followers.close();
    server.stop();
    connections.close();
  }

  /** All routes of the API. */
  static List<Route> routes(HttpServices services, Followers followers, HttpSettings settings) {
    Idempotent idempotent = new Idempotent(services.database(), services.idempotency());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new RoutingRoutes(services).routes());
    routes.addAll(new TaskRoutes(services, idempotent, followers).routes());
    routes.addAll(new ApprovalRoutes(services, idempotent).routes());
    routes.addAll(new GrantRoutes(services, idempotent).routes());
    routes.addAll(new KillSwitchRoutes(services).routes());
    routes.addAll(new AuditRoutes(services).routes());
    routes.addAll(new AuditExportRoutes(services).routes());
    routes.addAll(new PackRoutes(services).routes());
    routes.addAll(new CatalogRoutes(services.catalog()).routes());
    routes.addAll(new ModelRoutes(services).routes());
    routes.addAll(new CostRoutes(services).routes());
    routes.addAll(new BudgetRoutes(services).routes());
    routes.addAll(new PolicyRoutes(services).routes());
    routes.addAll(new PrivacyRoutes(services).routes());
    routes.addAll(new KeyRoutes(services, idempotent).routes());
    routes.addAll(new UserRoutes(services, idempotent).routes());
    routes.addAll(new TenantRoutes(services, idempotent).routes());
    Cookies cookies = new Cookies(settings.secure());
    routes.addAll(new SessionRoutes(services, idempotent, cookies).routes());
    routes.addAll(new SecretRoutes(services, idempotent).routes());
    routes.addAll(new RetentionRoutes(services).routes());
    routes.addAll(new HoldRoutes(services, idempotent).routes());
    routes.addAll(new ErasureRoutes(services, idempotent).routes());
    routes.addAll(new HookRoutes(services).routes());
    routes.addAll(new WebhookSourceRoutes(services, idempotent).routes());
    routes.addAll(new WebhookEndpointRoutes(services, idempotent).routes());
    routes.addAll(new SecondFactorRoutes(services).routes());
    routes.addAll(new McpRoutes(services, idempotent, followers, settings).routes());
    routes.addAll(
        new HealthRoutes(services.readiness(), services.checkpoints()::warnings).routes());
    return List.copyOf(routes);
  }

  /** What browsers are shown; not part of the API. */
  private static List<Route> pages(HttpServices services, HttpSettings settings) {
    Oidc oidc = services.people().oidcOrNull();
    Pages pages = new Pages(oidc != null);
    List<Route> routes = new ArrayList<>(pages.routes());
    if (oidc != null) {
      ProviderSignIn signIn = services.people().providerSignIn();
      routes.addAll(new OidcPages(oidc, signIn, settings, pages).routes());
    }
    return routes;
  }

  private static Http1Config protocol() {
    return Http1Config.builder()
        .maxPrologueLength(FIRST_LINE_LENGTH_MAX)
        .maxHeadersSize(HEADERS_LENGTH_MAX)
        .sendKeepAliveHeader(false)
        .build();
  }

  private void route(HttpRouting.Builder routing) {
    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    List<Route> all = new ArrayList<>(routes);
    all.addAll(pages);
    for (Route route : all) {
      routing.route(
          Method.create(route.method()),
          route.path(),
          (request, response) -> dispatcher.handle(route, request, response));
      TreeSet<String> ofPath = methods.computeIfAbsent(route.path(), _ -> new TreeSet<>());
      ofPath.add(route.method());
      if (route.method().equals("GET")) {
        routing.route(
            Method.HEAD,
            route.path(),
            (request, response) -> dispatcher.handle(route, request, response));
        ofPath.add("HEAD");
      }
    }
    methods.forEach((path, allowed) ->
        routing.any(
            path, (request, response) -> refuse(request, response, String.join(", ", allowed))));
    routing.any(this::notFound);
  }

  private void refuse(ServerRequest request, ServerResponse response, String allowed) {
    Sender sender = new Sender(request, response, always);
    AgentOsException error =
        new AgentOsException(
            ErrorCode.METHOD_NOT_ALLOWED, "This route knows the methods %s.".formatted(allowed));
    sender.send(Problem.answer(error, sender.place()).with("Allow", allowed));
  }

  private void notFound(ServerRequest request, ServerResponse response) {
    Sender sender = new Sender(request, response, always);
    sender.send(Problem.answer(Dispatcher.noRoute(), sender.place()));
  }
}
