package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The transport that all providers share: one pool of connections per provider, one deadline per
 * call, answers of bounded size, and what went wrong as an error code.
 *
 * <p>Speaks HTTP/1.1, so that giving up a call closes its socket and nothing else. Makes each call
 * once, follows no redirect and keeps no cookie. Thread-safe; {@link #close} cuts running calls.
 */
public final class ProviderHttp implements AutoCloseable {
  /** The largest answer that is read. */
  public static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

  /** The largest call that is sent. */
  public static final int CALL_BYTES_MAX = 32 * 1024 * 1024;

  private static final int ERROR_BYTES_MAX = 64 * 1024;
  private static final int CALLS_AT_ONCE_MAX = 1_024;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration ERROR_BODY_MAX = Duration.ofSeconds(5);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private final ProviderEndpoint endpoint;
  private final InstantSource clock;
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE_MAX);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  public ProviderHttp(ProviderEndpoint endpoint) {
    this(endpoint, InstantSource.system());
  }

  ProviderHttp(ProviderEndpoint endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .executor(executor)
            .build();
  }

  /**
   * Makes one call and returns its whole answer. Blocks; an interrupt closes the connection, and
   * the thread stays interrupted.
   *
   * @throws AgentOsException as {@link io.agentos.spi.ModelProvider#complete} promises
   */
  public ProviderAnswer post(ProviderCall call) {
    Deadline deadline = Deadline.in(endpoint.timeout());
    HttpRequest request = request(call, deadline);
    try {
      if (!calls.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new HttpTimeoutException("no free place in time");
      }
      try {
        return exchange(request, call, deadline);
      } finally {
        calls.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was interrupted before model " + call.model() + " answered", e);
    } catch (HttpTimeoutException e) {
      throw unavailable(
          "did not answer the call of model %s within %s"
              .formatted(call.model(), endpoint.timeout()),
          e);
    } catch (IOException e) {
      throw unavailable(
          "could not be reached, or broke off, at %s (%s)"
              .formatted(request.uri(), e.getClass().getSimpleName()),
          e);
    }
  }

  /** Cuts running calls and closes all connections. */
  @Override
  public void close() {
    client.shutdownNow();
    try {
      if (!client.awaitTermination(CLOSE_MAX)) {
        System.getLogger(ProviderHttp.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "Connections still open after closing: provider={0}",
                endpoint.provider());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }

  private HttpRequest request(ProviderCall call, Deadline deadline) {
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > CALL_BYTES_MAX) {
      throw new AgentOsException(
          ErrorCode.PROVIDER_REFUSED,
          "The call of model %s at %s has %d bytes; at most %d are sent."
              .formatted(call.model(), endpoint.provider(), body.length, CALL_BYTES_MAX));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(call.path()))
            .timeout(deadline.left())
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("User-Agent", "agentos")
            .POST(BodyPublishers.ofByteArray(body));
    endpoint.headers().forEach(request::setHeader);
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  private ProviderAnswer exchange(HttpRequest request, ProviderCall call, Deadline deadline)
      throws IOException, InterruptedException {
    HttpResponse<BodyFlow> response = client.send(request, _ -> new BodyFlow());
    BodyFlow body = response.body();
    try {
      ProviderAnswer head =
          new ProviderAnswer(endpoint, call, response.statusCode(), response.headers(), "");
      if (response.statusCode() < 200 || response.statusCode() > 299) {
        throw ProviderFailure.of(
            head.withText(errorText(body, deadline)),
            RetryAfter.read(response.headers(), clock.instant()).orElse(null));
      }
      checkType(head);
      return head.withText(text(body, deadline, head));
    } finally {
      body.cancel();
    }
  }

  /** A page or a stream is never the answer to a plain call; no need to read it to the end. */
  private static void checkType(ProviderAnswer head) {
    String type = head.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("text/html")) {
      throw head.broken("a web page");
    }
    if (type.startsWith("text/event-stream")) {
      throw head.broken("an event stream");
    }
  }

  private static String text(BodyFlow body, Deadline deadline, ProviderAnswer head)
      throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<ByteBuffer> part = body.next(deadline.left());
    while (!part.isEmpty()) {
      append(bytes, part);
      if (bytes.size() > ANSWER_BYTES_MAX) {
        throw head.broken("more than " + ANSWER_BYTES_MAX + " bytes");
      }
      part = body.next(deadline.left());
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw head.broken("text that is not UTF-8");
    }
  }

  /** What came of an error's body in a short time: the status says it all even when it is cut. */
  private static String errorText(BodyFlow body, Deadline deadline) throws InterruptedException {
    Deadline soon = deadline.orIn(ERROR_BODY_MAX);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      List<ByteBuffer> part = body.next(soon.left());
      while (!part.isEmpty() && bytes.size() < ERROR_BYTES_MAX) {
        append(bytes, part);
        part = body.next(soon.left());
      }
    } catch (IOException e) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void append(ByteArrayOutputStream bytes, List<ByteBuffer> part) {
    for (ByteBuffer buffer : part) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      bytes.writeBytes(copy);
    }
  }

  private AgentOsException unavailable(String what, Exception cause) {
    return new AgentOsException(
        ErrorCode.PROVIDER_UNAVAILABLE,
        "%s %s. A repeat may pass.".formatted(endpoint.provider(), what),
        cause);
  }
}
