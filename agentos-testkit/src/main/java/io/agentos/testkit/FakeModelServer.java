package io.agentos.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A model server on loopback that does what a {@link FakeStory} says, faults included, over real
 * sockets, and remembers every call it received.
 *
 * <p>Thread-safe. Keeps every call: for tests, not for long runs.
 */
public final class FakeModelServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FakeModelServer.class.getName());
  private static final int BACKLOG = 512;

  private final ModelServerDialect dialect;
  private final FakeStory story;
  private final @Nullable RequestLog log;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicInteger connections = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<ReceivedCall> calls = new ArrayList<>();
  private volatile boolean closing;

  private FakeModelServer(
      int port, ModelServerDialect dialect, FakeStory story, @Nullable RequestLog log) {
    this.dialect = dialect;
    this.story = story;
    this.log = log;
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fake-model-server").start(this::accept);
  }

  /** A server on a free port that speaks Chat Completions. */
  public static FakeModelServer start(FakeStory story) {
    return start(new ChatCompletionsDialect(), story);
  }

  /** A server on a free port. */
  public static FakeModelServer start(ModelServerDialect dialect, FakeStory story) {
    return new FakeModelServer(0, dialect, story, null);
  }

  /**
   * A server that writes one JSON line per call to {@code log}, on disk before it answers.
   *
   * @param port 0 for a free one
   */
  public static FakeModelServer start(
      int port, ModelServerDialect dialect, FakeStory story, Path log) {
    return new FakeModelServer(port, dialect, story, new RequestLog(log));
  }

  /**
   * Runs a Chat Completions server as a process of its own: {@code PORT LOG [STORY]}.
   *
   * <p>STORY is a file as {@link FakeStoryFile} reads it, played by turn; without it each call is
   * answered with {@code ok}. Prints {@code listening on 127.0.0.1:PORT} and runs until killed.
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length < 2 || arguments.length > 3) {
      throw new IllegalArgumentException("usage: PORT LOG [STORY]");
    }
    FakeStory story =
        arguments.length == 3
            ? FakeStoryFile.read(Path.of(arguments[2]))
            : FakeStory.always(FakeStep.says("ok"));
    FakeModelServer server =
        start(
            Integer.parseInt(arguments[0]),
            new ChatCompletionsDialect(),
            story,
            Path.of(arguments[1]));
    System.out.println("listening on 127.0.0.1:" + server.port());
    Thread.currentThread().join();
  }

  /** Its address, such as {@code http://127.0.0.1:41234}, without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The calls so far, in order of arrival. */
  public List<ReceivedCall> calls() {
    lock.lock();
    try {
      return List.copyOf(calls);
    } finally {
      lock.unlock();
    }
  }

  /** How many calls carried each Idempotency-Key; the empty key stands for none. */
  public Map<String, Integer> callsByIdempotencyKey() {
    Map<String, Integer> counts = new TreeMap<>();
    calls().forEach(call -> counts.merge(call.idempotencyKey(), 1, Integer::sum));
    return counts;
  }

  /** Waits for the call with this number, counted from 1; empty when it does not come in time. */
  public Optional<ReceivedCall> awaitCall(int number, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      while (calls.size() < number) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || !arrived.await(left, TimeUnit.NANOSECONDS)) {
          return Optional.empty();
        }
      }
      return Optional.of(calls.get(number - 1));
    } finally {
      lock.unlock();
    }
  }

  /** How many connections clients have opened. */
  public int connections() {
    return connections.get();
  }

  /** How many bytes it has written to all clients. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() {
    closing = true;
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
      if (log != null) {
        log.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ModelServerDialect dialect() {
    return dialect;
  }

  boolean closing() {
    return closing;
  }

  void sent(int bytes) {
    bytesSent.addAndGet(bytes);
  }

  FakeStep next(ReceivedCall call) {
    return story.next(call);
  }

  /** Remembers a request; written to the log, where there is one, when this returns. */
  ReceivedCall received(FakeRequest request) throws IOException {
    int turn = dialect.turnsBefore(request.body());
    lock.lock();
    try {
      ReceivedCall call = new ReceivedCall(calls.size() + 1, request, turn);
      if (log != null) {
        log.append(call);
      }
      calls.add(call);
      arrived.signalAll();
      return call;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!closing) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().name("fake-model-connection").start(() -> serve(socket));
      } catch (IOException e) {
        if (!closing) {
          LOG.log(System.Logger.Level.ERROR, "The fake model server cannot accept.", e);
        }
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      new FakeConnection(this, socket).serve();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A client of the fake model server went away.", e);
    } finally {
      open.remove(socket);
    }
  }
}
