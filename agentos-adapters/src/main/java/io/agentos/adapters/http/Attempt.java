package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.RateLimit;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call on its way: sent once, its head looked at, its failures told. Of one thread. */
final class Attempt {
  private final ProviderEndpoint endpoint;
  private final ProviderCall call;
  private final ModelListener listener;
  private final InstantSource clock;
  private final Deadline deadline;
  private final SentBody body;
  private boolean answeredWithError;

  Attempt(
      ProviderEndpoint endpoint, ProviderCall call, ModelListener listener, InstantSource clock) {
    this.endpoint = endpoint;
    this.call = call;
    this.listener = listener;
    this.clock = clock;
    this.deadline = Deadline.in(endpoint.timeouts().total());
    this.body = new SentBody(call.body());
  }

  /** What is done with a good head and its body. */
  @FunctionalInterface
  interface Reading<T> {
    T of(ProviderAnswer head, BodyReader body) throws IOException, InterruptedException;
  }

  /**
   * Sends the call and reads its answer, if it is good.
   *
   * @param accept the media type that is asked for
   * @param headMax how long the head may take, at most until the call's deadline
   * @param seen the last count of tokens, for a failure
   */
  <T> T run(
      Transport transport,
      String accept,
      Duration headMax,
      Supplier<@Nullable Tokens> seen,
      Reading<T> reading) {
    RuntimeException failure;
    Outgoing sent = outgoing(accept, headMax);
    try {
      return exchange(transport, sent, reading);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = unavailable("was interrupted before model " + call.model() + " answered", e);
    } catch (HttpConnectTimeoutException e) {
      failure = unavailable(unreached(sent), e);
    } catch (BodyReader.IdleException e) {
      failure = unavailable(silent(e), e);
    } catch (HttpTimeoutException e) {
      failure = unavailable(late(headMax), e);
    } catch (IOException e) {
      failure = unavailable(brokeOff(sent, e), e);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (body.begun() && !answeredWithError) {
      tell(new ModelEvent.Unsettled(seen.get()), failure);
    }
    throw failure;
  }

  private Outgoing outgoing(String accept, Duration headMax) {
    long bytes = body.contentLength();
    if (bytes > ProviderHttp.CALL_BYTES_MAX) {
      throw new AgentOsException(
          ErrorCode.PROVIDER_REFUSED,
          "The call of model %s at %s has %d bytes; at most %d are sent."
              .formatted(call.model(), endpoint.provider(), bytes, ProviderHttp.CALL_BYTES_MAX));
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", accept);
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "agentos");
    headers.putAll(endpoint.headers());
    headers.putAll(call.headers());
    return new Outgoing(endpoint.resolve(call.path()), headers, body, deadline.orIn(headMax));
  }

  private <T> T exchange(Transport transport, Outgoing sent, Reading<T> reading)
      throws IOException, InterruptedException {
    Incoming response = transport.send(sent, deadline);
    try {
      BodyReader reader = new BodyReader(response, deadline);
      int status = response.status();
      ProviderAnswer head =
          new ProviderAnswer(endpoint, call, status, response.headers(), new Bytes());
      if (status < 200 || status > 299) {
        answeredWithError = true;
        throw failed(reader.error(head));
      }
      tellLimits(response);
      return reading.of(head, reader);
    } finally {
      response.cancel();
    }
  }

  private AgentOsException failed(ProviderAnswer answer) {
    AgentOsException failure =
        ProviderFailure.of(answer, RetryAfter.read(answer.headers(), clock.instant()).orElse(null));
    List<RateLimit> limits = RateLimits.read(answer.headers(), clock.instant());
    if (!limits.isEmpty()) {
      tell(new ModelEvent.Limits(limits), failure);
    }
    return failure;
  }

  private void tellLimits(Incoming response) {
    List<RateLimit> limits = RateLimits.read(response.headers(), clock.instant());
    if (!limits.isEmpty()) {
      listener.on(new ModelEvent.Limits(limits));
    }
  }

  /** Tells of a failure that will be thrown whatever the listener makes of it. */
  private void tell(ModelEvent event, RuntimeException failure) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      if (!e.equals(failure)) {
        failure.addSuppressed(e);
      }
    }
  }

  private String late(Duration headMax) {
    Duration waited = deadline.left().isPositive() ? headMax : endpoint.timeouts().total();
    return "did not answer the call of model %s within %s".formatted(call.model(), waited);
  }

  private String unreached(Outgoing sent) {
    return "could not be reached at %s within %s"
        .formatted(sent.uri(), endpoint.timeouts().connect());
  }

  private String silent(BodyReader.IdleException e) {
    return "sent nothing of the answer of model %s for %s".formatted(call.model(), e.idle());
  }

  private static String brokeOff(Outgoing sent, IOException e) {
    return "could not be reached, or broke off, at %s (%s)"
        .formatted(sent.uri(), e.getClass().getSimpleName());
  }

  private AgentOsException unavailable(String what, Exception cause) {
    return new AgentOsException(
        ErrorCode.PROVIDER_UNAVAILABLE,
        "%s %s. A repeat may pass.".formatted(endpoint.provider(), what),
        cause);
  }
}
