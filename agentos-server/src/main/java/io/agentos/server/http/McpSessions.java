package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The MCP sessions of this node: each of one principal, bounded in number, forgotten when nobody
 * uses them. A client whose session is gone makes a new one; nothing of worth is kept in it.
 *
 * <p>Thread-safe.
 */
final class McpSessions implements McpStreamableServerTransportProvider {
  /** The versions of the protocol that are spoken. */
  static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2024_11_05,
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  private static final int SESSIONS_MAX = 5_000;
  private static final int OF_ONE_PRINCIPAL_MAX = 100;
  private static final int CALLS_MAX = 100;
  private static final Duration IDLE_MAX = Duration.ofMinutes(30);

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private McpStreamableServerSession.@Nullable Factory factory;

  /** One session. */
  static final class Session {
    private final McpStreamableServerSession session;
    private final String owner;
    private final Map<Object, TaskId> calls = new ConcurrentHashMap<>();
    private volatile long usedNanos = System.nanoTime();

    private Session(McpStreamableServerSession session, String owner) {
      this.session = session;
      this.owner = owner;
    }

    McpStreamableServerSession session() {
      return session;
    }

    /** Remembers which task a request became, so that it can be cancelled; false when too many. */
    boolean begin(Object request, TaskId task) {
      return calls.size() < CALLS_MAX && calls.put(request, task) == null;
    }

    void end(Object request) {
      calls.remove(request);
      usedNanos = System.nanoTime();
    }

    /** The task of a request that is not answered yet. */
    Optional<TaskId> task(Object request) {
      return Optional.ofNullable(calls.get(request));
    }

    private boolean isIdle(long now) {
      return calls.isEmpty()
          && !session.hasListeningStream()
          && now - usedNanos > IDLE_MAX.toNanos();
    }
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory made) {
    this.factory = made;
  }

  @Override
  public List<String> protocolVersions() {
    return VERSIONS;
  }

  /** Begins a session for a caller; of one who has too many, the one unused for longest ends. */
  McpStreamableServerSession.McpStreamableServerSessionInit begin(
      Call call, InitializeRequest request) {
    McpStreamableServerSession.Factory made = factory;
    if (made == null) {
      throw new IllegalStateException("the server was not built");
    }
    sweep(call);
    if (sessions.size() >= SESSIONS_MAX) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%,d MCP sessions are open, which is the most at once; try again."
              .formatted(SESSIONS_MAX));
    }
    McpStreamableServerSession.McpStreamableServerSessionInit init = made.startSession(request);
    sessions.put(init.session().getId(), new Session(init.session(), owner(call)));
    return init;
  }

  /**
   * The caller's session of this id.
   *
   * @throws AgentOsException NOT_FOUND when it has none such, which tells a client to begin anew
   */
  Session of(Call call, String id) {
    Session session = sessions.get(id);
    if (session == null || !session.owner.equals(owner(call))) {
      throw new AgentOsException(
          ErrorCode.NOT_FOUND, "There is no such MCP session; begin another with 'initialize'.");
    }
    session.usedNanos = System.nanoTime();
    return session;
  }

  /** Ends a session. */
  void end(Call call, String id) {
    Session session = of(call, id);
    sessions.remove(id);
    session.session.close();
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(() -> {
      sessions.values().forEach(session -> session.session.close());
      sessions.clear();
    });
  }

  private void sweep(Call call) {
    long now = System.nanoTime();
    sessions.values().removeIf(session -> session.isIdle(now));
    String owner = owner(call);
    List<Map.Entry<String, Session>> own =
        sessions.entrySet().stream()
            .filter(entry -> entry.getValue().owner.equals(owner))
            .sorted(Comparator.comparingLong(entry -> entry.getValue().usedNanos - now))
            .toList();
    own.stream()
        .limit(Math.max(0, own.size() - OF_ONE_PRINCIPAL_MAX + 1))
        .forEach(entry -> {
          sessions.remove(entry.getKey());
          entry.getValue().session.close();
        });
  }

  private static String owner(Call call) {
    return call.tenant() + " " + call.principal().id();
  }
}
