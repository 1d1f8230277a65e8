package io.agentos.runtime.gates;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Tells hosts that lead inside: names of this machine and its network, and the addresses of RFC
 * 6890 that are not public, in every way of writing that resolvers read: decimal, octal,
 * hexadecimal, shortened, within IPv6. It asks no name server; what a name leads to is for whoever
 * connects.
 */
final class HostAddress {
  private static final List<String> INSIDE =
      List.of("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain");

  private static final List<Function<String, InetAddress>> READINGS =
      List.of(InetAddress::ofLiteral, Inet4Address::ofPosixLiteral);

  private HostAddress() {}

  /** Whether a host, in lower case and without brackets, is not of the public network. */
  static boolean isInside(String host) {
    List<InetAddress> addresses = literals(host);
    if (!addresses.isEmpty()) {
      return addresses.stream().anyMatch(HostAddress::isInside);
    }
    return host.indexOf('.') < 0
        || INSIDE.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name))
        || endsInNumber(host);
  }

  /**
   * The addresses that a host spells; none for a name. Two of {@code 0177.0.0.1}, which some read
   * as decimal and others as octal.
   */
  private static List<InetAddress> literals(String host) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Function<String, InetAddress> reading : READINGS) {
      try {
        addresses.add(reading.apply(host));
      } catch (IllegalArgumentException e) {
        // Not in this way of writing.
      }
    }
    return addresses;
  }

  /** No name of the public network ends in a number; some resolvers read it as an address. */
  private static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0x[0-9a-f]*");
  }

  private static boolean isInside(InetAddress address) {
    return switch (address) {
      case Inet4Address four -> isInside(four.getAddress(), 0);
      case Inet6Address six -> isInsideV6(six);
      default -> true;
    };
  }

  private static boolean isInsideV6(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (first & 0xFE) == 0xFC) {
      return true;
    }
    if (first == 0x20 && second == 0x02) {
      return isInside(bytes, 2);
    }
    if (first == 0x20 && second == 0x01 && (bytes[2] & 0xFF) < 0x02) {
      return true;
    }
    // Mapped, compatible and translated addresses hold one of version 4 at their end.
    boolean translated = first == 0 && second == 0x64 && (bytes[2] & 0xFF) == 0xFF;
    boolean zeros = true;
    for (int i = 0; i < 8; i++) {
      zeros &= bytes[i] == 0;
    }
    return (translated || zeros) && isInside(bytes, 12);
  }

  /** Four bytes from {@code at}. */
  private static boolean isInside(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int second = bytes[at + 1] & 0xFF;
    int third = bytes[at + 2] & 0xFF;
    return switch (first) {
      case 0, 10, 127 -> true;
      case 100 -> second >= 64 && second < 128;
      case 169 -> second == 254;
      case 172 -> second >= 16 && second < 32;
      case 192 -> second == 168 || (second == 0 && (third == 0 || third == 2));
      case 198 -> second == 18 || second == 19 || (second == 51 && third == 100);
      case 203 -> second == 0 && third == 113;
      default -> first >= 224;
    };
  }
}
