package io.agentos.adapters.http;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Kept connections without TLS to one address: HTTP/1.1 over blocking channels, for virtual
 * threads. The JDK's client, whose calls pass through a selector and a dozen futures each, takes
 * several times the processor time; {@code agentos bench gateway} measures it.
 *
 * <p>Sends a call once, and never on a connection that the other side has closed. Thread-safe.
 */
final class Http1Pool implements Transport {
  private static final Duration EARLY_ANSWER_MAX = Duration.ofSeconds(1);
  private static final Duration IDLE_MAX = Duration.ofSeconds(30);

  private final String host;
  private final int port;
  private final Duration connectMax;
  private final Semaphore places = new Semaphore(PLACES_MAX);
  private final Deque<Http1Connection> idle = new ConcurrentLinkedDeque<>();
  private final Set<Http1Connection> busy = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean closed;

  Http1Pool(String host, int port, Duration connectMax) {
    this.host = host;
    this.port = port;
    this.connectMax = connectMax;
  }

  @Override
  public Http1Answer send(Outgoing call, Deadline placeBy)
      throws IOException, InterruptedException {
    if (!places.tryAcquire(Math.max(0, placeBy.left().toNanos()), TimeUnit.NANOSECONDS)) {
      throw new HttpTimeoutException("no free place in time");
    }
    boolean connected = false;
    Http1Connection connection;
    try {
      connection = connection(call.headBy());
      connected = true;
    } finally {
      if (!connected) {
        places.release();
      }
    }
    busy.add(connection);
    boolean answered = false;
    try {
      if (closed) {
        throw new IOException("closed");
      }
      Http1Answer answer = new Http1Answer(connection, exchange(connection, call), this);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        release(connection, false);
      }
    }
  }

  /** Cuts what runs and closes all connections. */
  @Override
  public void close() {
    closed = true;
    busy.forEach(Http1Connection::close);
    sweep(Duration.ZERO);
  }

  /** A server may refuse a call before it has taken all of it, and close: then it has said why. */
  private static Http1Head exchange(Http1Connection connection, Outgoing call)
      throws IOException, InterruptedException {
    byte[] head = call.head();
    try {
      connection.send(head, call.body().begin(), call.headBy());
    } catch (HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      try {
        return Http1Head.read(connection, call.headBy().orIn(EARLY_ANSWER_MAX));
      } catch (IOException none) {
        e.addSuppressed(none);
        throw e;
      }
    }
    return Http1Head.read(connection, call.headBy());
  }

  private Http1Connection connection(Deadline deadline) throws IOException, InterruptedException {
    for (Http1Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      if (kept.idleNanos() < IDLE_MAX.toNanos() && kept.isQuiet()) {
        return kept;
      }
      kept.close();
    }
    Duration left = deadline.left();
    return Http1Connection.to(host, port, left.compareTo(connectMax) < 0 ? left : connectMax);
  }

  /** Takes a connection back from a call that has ended. */
  void release(Http1Connection connection, boolean reusable) {
    busy.remove(connection);
    places.release();
    if (!reusable) {
      connection.close();
      return;
    }
    connection.idleFromNow();
    idle.addFirst(connection);
    if (closed) {
      sweep(Duration.ZERO);
    } else if (sweeping.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::sweepWhileIdle);
    }
  }

  private void sweepWhileIdle() {
    try {
      while (!idle.isEmpty()) {
        Thread.sleep(IDLE_MAX);
        sweep(IDLE_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sweeping.set(false);
    }
  }

  private void sweep(Duration idleMax) {
    for (Http1Connection last = idle.pollLast(); last != null; last = idle.pollLast()) {
      if (last.idleNanos() < idleMax.toNanos()) {
        idle.addLast(last);
        return;
      }
      last.close();
    }
  }
}
