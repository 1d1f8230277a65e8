package io.agentos.runtime.egress;

import io.agentos.api.AgentOsException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One place that the operator lets through although it is inside, or called without TLS.
 *
 * @param plain whether http may be spoken there
 * @param hostOrNull a name; null where a range is given
 * @param rangeOrNull addresses; null where a name is given
 * @param port 0 for any
 */
public record EgressRule(
    boolean plain, @Nullable String hostOrNull, @Nullable AddressRange rangeOrNull, int port) {
  /** What {@link #parse} reads, in words that end a sentence. */
  public static final String FORM =
      "HOST, HOST:PORT, ADDRESS/BITS or [ADDRESS/BITS]:PORT, with http:// in front where plain http"
          + " may be spoken";

  private static final Pattern TEXT =
      Pattern.compile(
          "(http://)?(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+|[^\\[\\]]*:[^\\[\\]]*:[^\\[\\]]*))(?::([0-9]{1,5}))?");

  /** The rule in a text; empty when it is none. */
  public static Optional<EgressRule> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String place = parts.group(2) == null ? parts.group(3) : parts.group(2);
    int port = parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4));
    boolean plain = parts.group(1) != null;
    if (port > 65_535 || (parts.group(4) != null && port == 0)) {
      return Optional.empty();
    }
    Optional<AddressRange> range = AddressRange.parse(place);
    if (range.isPresent()) {
      return Optional.of(new EgressRule(plain, null, range.get(), port));
    }
    try {
      return Optional.of(new EgressRule(plain, Destination.host(place), null, port));
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }

  boolean covers(String host, InetAddress address, int wanted) {
    if (port != 0 && port != wanted) {
      return false;
    }
    return rangeOrNull == null ? host.equals(hostOrNull) : rangeOrNull.contains(address);
  }
}
