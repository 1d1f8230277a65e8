package io.agentos.runtime.egress;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.Egress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Decides where connections to hosts that somebody else named may go. A name is looked up once, all
 * of its addresses are judged, and the connection goes to one of them; so a name that answers
 * differently a moment later changes nothing. Names and certificates are still checked by name.
 *
 * <p>Inside addresses ({@link InsideAddresses}) are refused unless a rule covers them; plain http
 * is refused unless a rule says so. There is no proxy and no redirect.
 *
 * <p>Thread-safe.
 */
public final class EgressGuard implements Egress {
  private static final Duration LOOKUP_MAX = Duration.ofSeconds(5);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  /** Of a name with several addresses, how many are tried. */
  private static final int CONNECTS_MAX = 3;

  private final List<EgressRule> rules;
  private final BoundedLookup lookup;
  private final SSLContext tls;

  /** With the resolver and the trusted certificates of this machine. */
  public EgressGuard(List<EgressRule> rules) {
    this(rules, NameLookup.SYSTEM, system());
  }

  public EgressGuard(List<EgressRule> rules, NameLookup lookup, SSLContext tls) {
    this.rules = List.copyOf(rules);
    this.lookup = new BoundedLookup(lookup);
    this.tls = tls;
  }

  /**
   * Looks at a URL without calling it.
   *
   * @throws AgentOsException EGRESS_REFUSED when it may not be called; TOOL_UNAVAILABLE when its
   *     name has no address now
   */
  public void check(String url) {
    addresses(Destination.of(url), LOOKUP_MAX);
  }

  @Override
  public List<InetAddress> addresses(String host, int port) {
    String name = Destination.host(host);
    return judged(name, Destination.port(port), false, LOOKUP_MAX);
  }

  @Override
  public HttpAnswer call(HttpCall call) {
    Deadline deadline = Deadline.in(call.atMost());
    Destination destination = Destination.of(call.url());
    byte[] request = HttpRequest.bytes(destination, call);
    List<InetAddress> addresses = addresses(destination, deadline.leftOf(LOOKUP_MAX));
    try (HttpConnection connection = connect(destination, addresses, deadline)) {
      return connection.exchange(request, call.method(), call.bytesMax());
    } catch (IOException e) {
      throw unavailable(destination, deadline, e);
    }
  }

  private List<InetAddress> addresses(Destination destination, Duration atMost) {
    boolean plain = destination.scheme().equals("http");
    return judged(destination.host(), destination.port(), plain, atMost);
  }

  /** All addresses of a host must be allowed: one that leads inside makes the name suspect. */
  private List<InetAddress> judged(String host, int port, boolean plain, Duration atMost) {
    List<InetAddress> addresses = lookUp(host, atMost);
    for (InetAddress address : addresses) {
      boolean listed =
          rules.stream()
              .anyMatch(rule -> (!plain || rule.plain()) && rule.covers(host, address, port));
      Optional<String> inside = listed ? Optional.empty() : InsideAddresses.kind(address);
      if (inside.isPresent()) {
        throw refused(host, port, "it leads to a %s address".formatted(inside.get()));
      }
      if (plain && !listed) {
        throw refused(host, port, "plain http is not spoken there; use https");
      }
    }
    return addresses;
  }

  private List<InetAddress> lookUp(String host, Duration atMost) {
    Optional<InetAddress> literal = AddressRange.address(host);
    if (literal.isPresent()) {
      return List.of(literal.get());
    }
    try {
      return lookup.addresses(host, atMost);
    } catch (UnknownHostException e) {
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE,
          "The host %s has no address: %s.".formatted(host, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE, "The lookup of %s was interrupted.".formatted(host), e);
    }
  }

  private HttpConnection connect(
      Destination destination, List<InetAddress> addresses, Deadline deadline) {
    IOException first = null;
    for (InetAddress address : addresses.subList(0, Math.min(CONNECTS_MAX, addresses.size()))) {
      try {
        return HttpConnection.open(
            destination, address, tls, deadline, deadline.leftOf(CONNECT_MAX));
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    throw unconnected(destination, deadline, first == null ? new IOException() : first);
  }

  /** Says by its cause that nothing was sent. */
  private static AgentOsException unconnected(
      Destination destination, Deadline deadline, IOException e) {
    AgentOsException told = unavailable(destination, deadline, e);
    if (e instanceof ConnectException) {
      return told;
    }
    ConnectException unsent = new ConnectException("no connection was made");
    unsent.initCause(e);
    return new AgentOsException(told.code(), told.detail(), unsent);
  }

  private static AgentOsException unavailable(
      Destination destination, Deadline deadline, IOException e) {
    String why = deadline.isOver() ? "it took too long" : HttpConnection.words(e);
    return new AgentOsException(
        ErrorCode.TOOL_UNAVAILABLE,
        "No answer came from %s: %s.".formatted(destination.authority(), why),
        e);
  }

  private static AgentOsException refused(String host, int port, String why) {
    return new AgentOsException(
        ErrorCode.EGRESS_REFUSED,
        "Connections to %s, port %d, are refused: %s. The operator can list it in egress.allow."
            .formatted(host, port, why));
  }

  private static SSLContext system() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
