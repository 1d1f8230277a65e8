package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelEvent;
import io.agentos.api.ModelRequest;
import io.agentos.api.RateLimit;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** A provider that does what it was told, and then answers well. */
final class FailingProvider implements ModelProvider {
  private final String id;
  private final Deque<Function<ModelListener, Completion>> script = new ArrayDeque<>();
  private RateLimit limit;
  private int calls;
  private boolean streamed;

  FailingProvider(String id) {
    this.id = id;
  }

  void fails(ErrorCode code) {
    script.add(_ -> {
      throw new AgentOsException(code, id + ": " + code);
    });
  }

  void failsFor(Duration wait) {
    script.add(_ -> {
      throw AgentOsException.retryAfter(ErrorCode.PROVIDER_LIMITED, id + ": limited", wait);
    });
  }

  void cuts(Tokens seen, String text) {
    script.add(listener -> {
      listener.on(new ModelEvent.Text(text));
      listener.on(new ModelEvent.Unsettled(seen));
      throw new AgentOsException(ErrorCode.PROVIDER_UNAVAILABLE, id + ": cut");
    });
  }

  void answersWithoutCount(String text) {
    script.add(_ -> completion(text, null));
  }

  void tells(RateLimit told) {
    limit = told;
  }

  int calls() {
    return calls;
  }

  boolean streamed() {
    return streamed;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    calls++;
    if (limit != null) {
      listener.on(new ModelEvent.Limits(List.of(limit)));
    }
    return script.isEmpty()
        ? completion(id + " says so", Tokens.of(10, 5))
        : script.poll().apply(listener);
  }

  @Override
  public Completion stream(ModelRequest request, ModelListener listener) {
    streamed = true;
    return complete(request, listener);
  }

  private Completion completion(String text, Tokens tokens) {
    return new Completion(
        new Message.Assistant(text, List.of()),
        Completion.StopReason.END,
        tokens,
        id,
        "m",
        "req-1");
  }
}
