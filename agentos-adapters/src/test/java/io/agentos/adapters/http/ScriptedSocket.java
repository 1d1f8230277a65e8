package io.agentos.adapters.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each call with the next bytes it was given, whatever they are. */
final class ScriptedSocket implements Closeable {
  private record Answer(String text, boolean close) {}

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean taking = true;
  private volatile boolean refusing;

  ScriptedSocket() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  void answer(String text) {
    answers.add(new Answer(text, false));
  }

  void answerAndClose(String text) {
    answers.add(new Answer(text, true));
  }

  /** From now on connections are open and nothing is read from them. */
  void takeNothing() {
    taking = false;
  }

  /** Answers the next connection at once, and then neither reads nor writes any more. */
  void refuse(String text) {
    answers.add(new Answer(text, false));
    refusing = true;
  }

  /** The next call that came, as it came. */
  String asked() throws InterruptedException {
    return asked.take();
  }

  /** Waits until a connection has ended. */
  boolean connectionEnded() throws InterruptedException {
    return ended.take();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        if (taking) {
          Thread.ofVirtual().start(() -> converse(socket));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      if (refusing) {
        in.read();
        socket.getOutputStream().write(answers.remove().text().getBytes(StandardCharsets.UTF_8));
        socket.shutdownInput();
        return;
      }
      for (String call = call(in); !call.isEmpty(); call = call(in)) {
        asked.add(call);
        Answer answer = answers.poll();
        if (answer == null) {
          in.read();
          return;
        }
        socket.getOutputStream().write(answer.text().getBytes(StandardCharsets.ISO_8859_1));
        if (answer.close()) {
          return;
        }
      }
    } catch (IOException e) {
      // The caller closed it.
    } finally {
      ended.add(true);
    }
  }

  private static String call(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    int length =
        Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
    return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }
}
