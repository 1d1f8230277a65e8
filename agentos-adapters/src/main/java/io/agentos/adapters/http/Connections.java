package io.agentos.adapters.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pooled connections of the JDK's client to one provider, and a place on them for each call.
 *
 * <p>Over TLS, HTTP/2 where the provider offers it, else HTTP/1.1; HTTP/1.1 through a proxy. The
 * JDK's client keeps one HTTP/2 connection per address and fails a call when the provider's bound
 * of streams, commonly 100 or 128, is reached; so calls are spread over lanes, each a client with
 * fewer places than that, and a new lane is begun only when the ones before it are full.
 * Connections idle for 30 s are closed, before balancers commonly do it at 60 s and more; {@code
 * -Djdk.httpclient.keepalive.timeout=SECONDS} sets another time for the whole process.
 *
 * <p>Thread-safe.
 */
final class Connections implements Transport {
  private static final int PLACES_PER_LANE = 64;
  private static final Duration IDLE_MAX = Duration.ofSeconds(25);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private final boolean tls;
  private final Duration connectMax;
  private final int placesPerLane;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(PLACES_MAX);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final List<Lane> lanes = new ArrayList<>();
  private boolean closed;

  Connections(boolean tls, Duration connectMax) {
    this.tls = tls;
    this.connectMax = connectMax;
    this.placesPerLane = tls ? PLACES_PER_LANE : PLACES_MAX;
  }

  /** A client, the number of calls that are on it, and whether its connection stands. */
  private static final class Lane {
    private final HttpClient client;
    private int used;
    private boolean opening;
    private boolean open;
    private long idleSinceNanos;

    Lane(HttpClient client) {
      this.client = client;
    }
  }

  /** A call's place, until it is closed. */
  final class Place implements AutoCloseable {
    private final Lane lane;
    private final boolean opener;

    private Place(Lane lane, boolean opener) {
      this.lane = lane;
      this.opener = opener;
    }

    /** To be called when the connection stands. */
    void connected() {
      if (opener) {
        endOpening(true);
      }
    }

    HttpClient client() {
      return lane.client;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        lane.used--;
        lane.idleSinceNanos = System.nanoTime();
        if (opener) {
          endOpening(lane.open);
        }
      } finally {
        lock.unlock();
      }
      places.release();
    }

    private void endOpening(boolean open) {
      lock.lock();
      try {
        if (lane.opening) {
          lane.opening = false;
          lane.open = open;
          opened.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public Incoming send(Outgoing call, Deadline placeBy) throws IOException, InterruptedException {
    Place place = place(placeBy.left());
    // Made before the call: an interrupt may meet a head that has just come, and nobody holds it.
    BodyFlow flow = new BodyFlow();
    boolean answered = false;
    try {
      call.body().onBegin(place::connected);
      JdkAnswer answer = new JdkAnswer(place.client().send(call.toRequest(), _ -> flow), place);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        flow.cancel();
        place.close();
      }
    }
  }

  /**
   * Waits for a place.
   *
   * @throws HttpTimeoutException when none was free in time
   */
  Place place(Duration atMost) throws HttpTimeoutException, InterruptedException {
    Deadline deadline = Deadline.in(atMost);
    if (!places.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
      throw new HttpTimeoutException("no free place in time");
    }
    boolean taken = false;
    lock.lock();
    try {
      Lane lane = free();
      // Not for longer than a connection may take: if the address is dead, each finds out by
      // itself.
      Deadline soon = deadline.orIn(connectMax);
      long leftNanos = soon.left().toNanos();
      while (lane.opening && leftNanos > 0) {
        leftNanos = opened.awaitNanos(leftNanos);
        lane = free();
      }
      taken = true;
      return taken(lane);
    } finally {
      lock.unlock();
      if (!taken) {
        places.release();
      }
    }
  }

  private Place taken(Lane lane) {
    boolean idle = lane.used == 0 && System.nanoTime() - lane.idleSinceNanos > IDLE_MAX.toNanos();
    boolean opener = tls && !lane.opening && (!lane.open || idle);
    lane.opening = lane.opening || opener;
    lane.open = lane.open && !opener;
    lane.used++;
    return new Place(lane, opener);
  }

  /** Cuts what runs and closes all connections. */
  @Override
  public void close() {
    List<HttpClient> clients;
    lock.lock();
    try {
      closed = true;
      clients = lanes.stream().map(lane -> lane.client).toList();
    } finally {
      lock.unlock();
    }
    clients.forEach(HttpClient::shutdownNow);
    Deadline deadline = Deadline.in(CLOSE_MAX);
    try {
      for (HttpClient client : clients) {
        if (!client.awaitTermination(deadline.left())) {
          System.getLogger(Connections.class.getName())
              .log(
                  System.Logger.Level.WARNING, "Connections to a provider are open after closing.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }

  /** The first lane with a place, a new one if need be. */
  private Lane free() {
    for (Lane lane : lanes) {
      if (lane.used < placesPerLane) {
        return lane;
      }
    }
    Lane lane = new Lane(newClient());
    lanes.add(lane);
    return lane;
  }

  private HttpClient newClient() {
    HttpClient client =
        HttpClient.newBuilder()
            .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectMax)
            .executor(executor)
            .build();
    if (closed) {
      client.shutdownNow();
    }
    return client;
  }
}
