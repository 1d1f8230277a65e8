package io.agentos.server.http;

import io.agentos.runtime.webhooks.Hooks;
import io.agentos.runtime.webhooks.Inbound;
import java.util.List;

/** Where others deliver their webhooks. Thread-safe. */
final class HookRoutes {
  private final Hooks hooks;

  HookRoutes(HttpServices services) {
    this.hooks = services.webhooks().hooks();
  }

  /** What a sender is told. */
  record View(String task, boolean repeated) {}

  List<Route> routes() {
    return List.of(new Route("POST", "/v1/hooks/{id}", new Access.Signed(), this::receive));
  }

  private Answer receive(Call call) {
    Inbound inbound = new Inbound(call.headers(), call.query(), call.body().bytes());
    Hooks.Received received = hooks.receive(call.id(), inbound);
    View view = new View(received.task().toString(), received.repeated());
    return Answer.json(received.repeated() ? 200 : 202, view);
  }
}
