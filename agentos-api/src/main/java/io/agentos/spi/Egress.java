package io.agentos.spi;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The one way out to the network for tools: names are resolved once, and addresses inside, such as
 * those of this machine, of private networks and of cloud metadata, are refused unless the operator
 * listed them.
 *
 * <p>Thread-safe. Blocks; an interrupt ends it soon.
 */
public interface Egress {
  /** Leads nowhere. */
  Egress CLOSED = new Closed();

  /**
   * The addresses of a host, each of them one that may be connected to. Connect to one of these,
   * and not to the name again: a name can change its mind between two lookups.
   *
   * @param host a name, or an address as text; of version 6 with or without brackets
   * @return at least one
   * @throws AgentOsException EGRESS_REFUSED when the host is none or leads inside; TOOL_UNAVAILABLE
   *     when it has no address now
   */
  List<InetAddress> addresses(String host, int port);

  /**
   * Calls a web server, once, without following a redirect.
   *
   * @throws AgentOsException EGRESS_REFUSED when it may not be called; TOOL_UNAVAILABLE when there
   *     was no whole answer in time, see {@link #neverSent}
   */
  HttpAnswer call(HttpCall call);

  /**
   * Whether a call that failed so ended before anything of it was sent: then a repeat cannot act
   * twice. Its cause says so, a {@link ConnectException} or an {@link UnknownHostException}.
   */
  static boolean neverSent(AgentOsException failure) {
    return failure.code() == ErrorCode.EGRESS_REFUSED
        || failure.getCause() instanceof ConnectException
        || failure.getCause() instanceof UnknownHostException;
  }

  /**
   * What to send.
   *
   * @param method such as {@code GET}
   * @param url an absolute https URL; http only where the operator listed it so
   * @param headers beside Host, Content-Length and Connection, which are not for callers to set
   * @param body empty for none
   * @param atMost from the lookup to the last byte of the answer
   * @param bytesMax of the answer's body; what is longer is cut
   */
  record HttpCall(
      String method,
      String url,
      Map<String, String> headers,
      String body,
      Duration atMost,
      int bytesMax) {
    public HttpCall {
      headers = Map.copyOf(headers);
      if (!atMost.isPositive() || bytesMax < 0) {
        throw new IllegalArgumentException("a call needs time, and a bound of at least 0 bytes");
      }
    }
  }

  /**
   * What came back.
   *
   * @param status 200 to 599; of a redirect, it and nothing more
   * @param headers by name in lower case, in the order they came
   * @param body in the charset it begins with or its Content-Type names, UTF-8 otherwise; bytes
   *     that are none of it become U+FFFD
   * @param cut whether the body went on
   */
  record HttpAnswer(int status, Map<String, List<String>> headers, String body, boolean cut) {}

  /** Refuses everything; what a tool has that was given no egress. */
  final class Closed implements Egress {
    private Closed() {}

    @Override
    public List<InetAddress> addresses(String host, int port) {
      throw refused();
    }

    @Override
    public HttpAnswer call(HttpCall call) {
      throw refused();
    }

    private static AgentOsException refused() {
      return new AgentOsException(
          ErrorCode.EGRESS_REFUSED, "This tool was given no way out to the network.");
    }
  }
}
