package io.agentos.runtime.egress;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a URL leads, read strictly: what two readers could understand differently is refused and
 * not repaired.
 *
 * @param scheme https or http
 * @param host in lower case, without brackets and without a last dot
 * @param target path and query as they go into the request line
 */
record Destination(String scheme, String host, int port, String target) {
  private static final int LENGTH_MAX = 2_048;
  private static final int PORT_MAX = 65_535;

  /** Scheme, authority, and the rest of printable characters without a fragment. */
  private static final Pattern URL =
      Pattern.compile("(https?)://([^/?#\\\\@]+)((?:/[!-~&&[^#\\\\\"<>^`{|}]]*)?)");

  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");

  private static final int NAME_LENGTH_MAX = 253;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  /**
   * Where a URL leads.
   *
   * @throws AgentOsException EGRESS_REFUSED when it is not one that all readers read alike
   */
  static Destination of(String url) {
    if (url.length() > LENGTH_MAX) {
      throw refused("a URL may have at most %d characters".formatted(LENGTH_MAX));
    }
    int colon = url.indexOf(':');
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    Matcher parts = URL.matcher(colon < 0 ? "" : scheme + url.substring(colon));
    if (!parts.matches()) {
      throw refused(
          "an absolute https URL is wanted, of printable ASCII, without user and fragment, and with"
              + " a name of other letters written as xn--");
    }
    Matcher authority = AUTHORITY.matcher(parts.group(2));
    if (!authority.matches()) {
      throw refused("the host must be a name, or an address of version 6 in brackets, with a port");
    }
    int fallback = scheme.equals("https") ? 443 : 80;
    int port = authority.group(2) == null ? fallback : Integer.parseInt(authority.group(2));
    String target = parts.group(3).isEmpty() ? "/" : parts.group(3);
    return new Destination(scheme, host(authority.group(1)), port(port), target);
  }

  /**
   * A host in the one form that is used from here on.
   *
   * @throws AgentOsException EGRESS_REFUSED when it is neither a name nor an address
   */
  static String host(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (host.indexOf(':') < 0) {
        throw refused("brackets hold an address of version 6");
      }
    }
    if (host.indexOf(':') >= 0) {
      String six = host;
      return AddressRange.address(six)
          .map(_ -> six)
          .orElseThrow(() -> refused("the address of version 6 is none, or has a zone"));
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.length() > NAME_LENGTH_MAX || !NAME.matcher(name).matches()) {
      throw refused("the host is not a name of the domain name system");
    }
    boolean number = NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches();
    if (number && AddressRange.address(name).isEmpty()) {
      throw refused(
          "an address of version 4 must be written as four decimal numbers without leading zeros");
    }
    return name;
  }

  static int port(int port) {
    if (port < 1 || port > PORT_MAX) {
      throw refused("a port is 1 to %d".formatted(PORT_MAX));
    }
    return port;
  }

  /** The value of the Host header: the port only where it is not the scheme's own. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    boolean own = port == (scheme.equals("https") ? 443 : 80);
    return own ? name : name + ":" + port;
  }

  private static AgentOsException refused(String why) {
    return new AgentOsException(ErrorCode.EGRESS_REFUSED, "The URL is refused: %s.".formatted(why));
  }
}
