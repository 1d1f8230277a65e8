package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.RateLimit;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
      Connections connections,
      String accept,
      Duration headMax,
      Supplier<@Nullable Tokens> seen,
      Reading<T> reading) {
    RuntimeException failure;
    HttpRequest request = request(accept, headMax);
    try (Connections.Place place = connections.place(deadline.left())) {
      body.onBegin(place::connected);
      return exchange(place, request, reading);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = unavailable("was interrupted before model " + call.model() + " answered", e);
    } catch (HttpConnectTimeoutException e) {
      failure = unavailable(unreached(request), e);
    } catch (BodyReader.IdleException e) {
      failure = unavailable(silent(e), e);
    } catch (HttpTimeoutException e) {
      failure = unavailable(late(headMax), e);
    } catch (IOException e) {
      failure = unavailable(brokeOff(request, e), e);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (body.begun() && !answeredWithError) {
      tell(new ModelEvent.Unsettled(seen.get()), failure);
    }
    throw failure;
  }

  private HttpRequest request(String accept, Duration headMax) {
    long bytes = body.contentLength();
    if (bytes > ProviderHttp.CALL_BYTES_MAX) {
      throw new AgentOsException(
          ErrorCode.PROVIDER_REFUSED,
          "The call of model %s at %s has %d bytes; at most %d are sent."
              .formatted(call.model(), endpoint.provider(), bytes, ProviderHttp.CALL_BYTES_MAX));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(call.path()))
            .timeout(deadline.orIn(headMax).left())
            .header("Accept", accept)
            .header("Content-Type", "application/json")
            .header("User-Agent", "agentos")
            .POST(body);
    endpoint.headers().forEach(request::setHeader);
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  private <T> T exchange(Connections.Place place, HttpRequest request, Reading<T> reading)
      throws IOException, InterruptedException {
    // Made before the call: an interrupt may meet a head that has just come, and nobody holds it.
    BodyFlow flow = new BodyFlow();
    try {
      HttpResponse<BodyFlow> response = place.client().send(request, _ -> flow);
      BodyReader reader = new BodyReader(flow, deadline);
      int status = response.statusCode();
      ProviderAnswer head =
          new ProviderAnswer(endpoint, call, status, response.headers(), new Bytes());
      if (status < 200 || status > 299) {
        answeredWithError = true;
        throw failed(reader.error(head));
      }
      tellLimits(response);
      return reading.of(head, reader);
    } finally {
      flow.cancel();
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

  private void tellLimits(HttpResponse<BodyFlow> response) {
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

  private String unreached(HttpRequest request) {
    return "could not be reached at %s within %s"
        .formatted(request.uri(), endpoint.timeouts().connect());
  }

  private String silent(BodyReader.IdleException e) {
    return "sent nothing of the answer of model %s for %s".formatted(call.model(), e.idle());
  }

  private static String brokeOff(HttpRequest request, IOException e) {
    return "could not be reached, or broke off, at %s (%s)"
        .formatted(request.uri(), e.getClass().getSimpleName());
  }

  private AgentOsException unavailable(String what, Exception cause) {
    return new AgentOsException(
        ErrorCode.PROVIDER_UNAVAILABLE,
        "%s %s. A repeat may pass.".formatted(endpoint.provider(), what),
        cause);
  }
}
