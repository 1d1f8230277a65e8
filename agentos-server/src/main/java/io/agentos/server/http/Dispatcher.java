package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Permission;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to every call: it is named, let in, recognised, read, answered, and logged when the
 * server is at fault.
 *
 * <p>Thread-safe. Revoked keys and changed roles count from the next call on: nothing is remembered
 * between calls.
 */
final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final Callers callers;
  private final Map<String, String> always;
  private final Gate gate;
  private final BodyMemory memory;

  /**
   * @param always the headers of every answer
   */
  Dispatcher(Callers callers, Map<String, String> always, Gate gate, BodyMemory memory) {
    this.callers = callers;
    this.always = always;
    this.gate = gate;
    this.memory = memory;
  }

  /** Answers a request for a route. */
  void handle(Route route, ServerRequest request, ServerResponse response) {
    long begun = System.nanoTime();
    Sender sender = new Sender(request, response, always);
    try {
      sender.send(answer(route, request));
    } catch (CloseConnectionException | RequestException e) {
      throw e;
    } catch (AgentOsException e) {
      if (e.code().httpStatus() == 500) {
        LOG.log(Level.ERROR, failure(route, sender, e));
      }
      sender.send(Problem.answer(e, sender.place()));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, failure(route, sender, e));
      sender.send(Problem.answer(internal(e), sender.place()));
    }
    if (LOG.isLoggable(Level.DEBUG)) {
      LOG.log(
          Level.DEBUG,
          "call method={0} path={1} status={2} micros={3} request={4} trace={5}",
          route.method(),
          route.path(),
          response.status().code(),
          (System.nanoTime() - begun) / 1_000,
          sender.place().requestId(),
          TraceParent.traceId(first(request, "traceparent")));
    }
  }

  private Answer answer(Route route, ServerRequest request) {
    String path = route.path().replace("{id}", id(request));
    if (!request.path().absolute().rawPath().equals(path)) {
      throw noRoute();
    }
    Call.Caller caller;
    try (Gate.Slot _ = gate.enter(route.access())) {
      caller = recognise(route.access(), request);
    }
    try (BodyMemory.Lease lease = memory.lease()) {
      mustBePermitted(route, request, caller, lease);
      Body body = body(route, request, lease);
      Answer answer;
      try (Gate.Slot _ = gate.enter(route.access())) {
        answer = route.handler().handle(call(route, request, caller, body));
      }
      return answer instanceof Answer.Later(var rest) ? rest.get() : answer;
    }
  }

  private static Body body(Route route, ServerRequest request, BodyMemory.Lease lease) {
    if (route.access() instanceof Access.Signed) {
      return BodyReader.readSigned(request, lease);
    }
    return route.hasBody() ? BodyReader.read(request, lease) : Body.NONE;
  }

  private static Call call(Route route, ServerRequest request, Call.Caller caller, Body body) {
    String id = id(request);
    String query = request.query().rawValue();
    return new Call(
        caller,
        route.method() + " " + route.path().replace("{id}", id),
        id,
        query == null ? "" : query,
        route.access() instanceof Access.Signed
            ? name -> only(request, name).orElse(null)
            : name -> first(request, name).orElse(null),
        body);
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().first("id").orElse("");
  }

  /** Each path has one spelling; what Helidon takes for it besides, such as %74 for t, has none. */
  static AgentOsException noRoute() {
    return new AgentOsException(
        ErrorCode.NOT_FOUND, "There is no such route; /openapi.json lists them.");
  }

  private Call.Caller recognise(Access access, ServerRequest request) {
    return switch (access) {
      case Access.Open _, Access.Signed _ -> Call.Caller.NOBODY;
      case Access.SignsIn _ -> callers.stranger(request);
      case Access.Known _, Access.Needs _ -> callers.of(request, false);
      case Access.NeedsFirst _ -> callers.of(request, true);
    };
  }

  /** Stops a caller who may not call the route; what it tried is recorded where that matters. */
  private static void mustBePermitted(
      Route route, ServerRequest request, Call.Caller caller, BodyMemory.Lease lease) {
    try {
      switch (route.access()) {
        case Access.Open _, Access.Signed _, Access.SignsIn _, Access.Known _ -> {
          // Anybody may, or the route looks at the signature.
        }
        case Access.Needs(Permission permission) -> caller.principal().must(permission);
        case Access.NeedsFirst(Permission permission) -> caller.principal().must(permission);
      }
    } catch (AgentOsException e) {
      if (!route.refused().equals(Route.UNRECORDED)) {
        route.refused().record(call(route, request, caller, bodyOf(request, lease)), e);
      }
      throw e;
    }
  }

  /** The body of a call that is refused anyway, when it can be read. */
  private static Body bodyOf(ServerRequest request, BodyMemory.Lease lease) {
    try {
      return BodyReader.read(request, lease);
    } catch (AgentOsException e) {
      return Body.NONE;
    }
  }

  private static Optional<String> first(ServerRequest request, String header) {
    return request.headers().first(HeaderNames.create(header));
  }

  /** A header that came once: two readers could take a different one of two. */
  private static Optional<String> only(ServerRequest request, String header) {
    List<String> values = request.headers().all(HeaderNames.create(header), List::of);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  private static String failure(Route route, Sender sender, Throwable e) {
    return "call failed method=%s path=%s request=%s: %s"
        .formatted(route.method(), route.path(), sender.place().requestId(), Failures.told(e));
  }

  private static AgentOsException internal(Throwable e) {
    return new AgentOsException(
        ErrorCode.INTERNAL,
        "The server met a defect of AgentOS; its log has more under this request_id.",
        e);
  }
}
