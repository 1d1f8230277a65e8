package io.agentos.runtime.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses with a common beginning, RFC 4632 and RFC 4291.
 *
 * @param first the address that the range is written with
 * @param bits how many bits all of them share with it; 0 to 32 or 128
 */
public record AddressRange(InetAddress first, int bits) {
  private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f:.]+)(?:/([0-9]{1,3}))?");
  private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** The range in a text such as {@code 10.0.0.0/8}, {@code fd00::/8} or one address. */
  public static Optional<AddressRange> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<InetAddress> address = address(parts.group(1));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int all = address.get().getAddress().length * 8;
    int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
    return bits > all ? Optional.empty() : Optional.of(new AddressRange(address.get(), bits));
  }

  static AddressRange of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no range: " + text));
  }

  /**
   * The address a text spells in the one way that all resolvers read alike: four decimal numbers
   * without leading zeros, or version 6 without a zone.
   */
  static Optional<InetAddress> address(String text) {
    boolean four = FOUR.matcher(text).matches();
    if (!four && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      InetAddress address = four ? Inet4Address.ofLiteral(text) : Inet6Address.ofLiteral(text);
      return four && !address.getHostAddress().equals(text)
          ? Optional.empty()
          : Optional.of(address);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] one = first.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((one[i / 8] & mask) != (other[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
