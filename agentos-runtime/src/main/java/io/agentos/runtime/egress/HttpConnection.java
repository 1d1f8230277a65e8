package io.agentos.runtime.egress;

import io.agentos.spi.Egress.HttpAnswer;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection for one call, to an address that was checked before. TLS asks for and checks the
 * name, whatever the address. At the deadline the connection is closed, whoever drips on; an
 * interrupt closes it too.
 */
final class HttpConnection implements Closeable {
  private final Socket socket;
  private final Thread watch;

  private HttpConnection(Socket socket, Thread watch) {
    this.socket = socket;
    this.watch = watch;
  }

  /** Connects, and speaks TLS where the scheme is https. */
  static HttpConnection open(
      Destination destination,
      InetAddress address,
      SSLContext tls,
      Deadline deadline,
      Duration connectMax)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    Thread watch = closing(channel, deadline);
    boolean opened = false;
    try {
      Socket socket = channel.socket();
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(address, destination.port()), (int) connectMax.toMillis());
      Socket spoken =
          destination.scheme().equals("https") ? secured(socket, destination, tls) : socket;
      opened = true;
      return new HttpConnection(spoken, watch);
    } finally {
      if (!opened) {
        watch.interrupt();
        channel.close();
      }
    }
  }

  /** Sends a request and reads its answer. */
  HttpAnswer exchange(byte[] request, String method, int bytesMax) throws IOException {
    IOException unsent = null;
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // A server may refuse a call before it has taken all of it: then it has said why.
      unsent = e;
    }
    try {
      return new HttpAnswerReader(socket.getInputStream()).read(method, bytesMax);
    } catch (IOException e) {
      if (unsent != null) {
        unsent.addSuppressed(e);
        throw unsent;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The answer is read; how the other side takes the farewell changes nothing.
    } finally {
      watch.interrupt();
    }
  }

  /** What went wrong, in words without anything the other side sent. */
  static String words(IOException e) {
    return switch (e) {
      case SSLException _ -> "its certificate or its TLS was not accepted";
      case ConnectException _ -> "nobody listens there";
      case SocketTimeoutException _ -> "it did not answer in time";
      case HttpAnswerReader.MalformedException malformed -> malformed.words();
      default -> "the connection broke";
    };
  }

  private static Socket secured(Socket socket, Destination destination, SSLContext tls)
      throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(socket, destination.host(), destination.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private static Thread closing(SocketChannel channel, Deadline deadline) {
    return Thread.ofVirtual()
        .name("egress-deadline")
        .start(() -> {
          while (!Thread.currentThread().isInterrupted()) {
            if (deadline.isOver()) {
              closeQuietly(channel);
              return;
            }
            LockSupport.parkNanos(deadline.left().toNanos());
          }
        });
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing left to do with it.
    }
  }
}
