package io.agentos.runtime.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The addresses that do not lead to the public network: the special purpose registries of IANA (RFC
 * 6890 and its updates), and the places where clouds keep metadata. Addresses of version 6 that
 * carry one of version 4 are judged by the one they carry where a network may really translate them
 * (NAT64, RFC 6052), and refused where nobody should use them any more.
 */
final class InsideAddresses {
  /** The first range that holds an address says what it is; metadata comes before its network. */
  private static final Map<AddressRange, String> RANGES = ranges();

  private static final AddressRange GLOBAL_V6 = AddressRange.of("2000::/3");
  private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

  private InsideAddresses() {}

  /** What kind of inside address it is, such as {@code loopback}; empty for a public one. */
  static Optional<String> kind(InetAddress address) {
    for (Map.Entry<AddressRange, String> range : RANGES.entrySet()) {
      if (range.getKey().contains(address)) {
        return Optional.of(range.getValue());
      }
    }
    if (address instanceof Inet4Address) {
      return Optional.empty();
    }
    if (NAT64.contains(address)) {
      return kind(carried(address));
    }
    return GLOBAL_V6.contains(address) && address instanceof Inet6Address
        ? Optional.empty()
        : Optional.of("reserved");
  }

  /** The address of version 4 in the last four bytes. */
  private static InetAddress carried(InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static Map<AddressRange, String> ranges() {
    Map<AddressRange, String> ranges = new LinkedHashMap<>();
    add(ranges, "metadata", "169.254.169.254", "169.254.170.2", "168.63.129.16");
    add(ranges, "metadata", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254");
    add(ranges, "unspecified", "0.0.0.0/8", "::/128");
    add(ranges, "loopback", "127.0.0.0/8", "::1/128");
    add(ranges, "private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");
    add(ranges, "private", "fec0::/10");
    add(ranges, "shared", "100.64.0.0/10");
    add(ranges, "link-local", "169.254.0.0/16", "fe80::/10");
    add(ranges, "special-purpose", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15");
    add(ranges, "special-purpose", "2001::/23", "100::/64", "5f00::/16");
    add(ranges, "documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
    add(ranges, "documentation", "2001:db8::/32", "3fff::/20");
    add(ranges, "multicast", "224.0.0.0/4", "ff00::/8");
    add(ranges, "broadcast", "255.255.255.255");
    add(ranges, "reserved", "240.0.0.0/4");
    add(ranges, "translated", "::/96", "2002::/16", "64:ff9b:1::/48");
    return ranges;
  }

  private static void add(Map<AddressRange, String> ranges, String kind, String... texts) {
    for (String text : texts) {
      ranges.put(AddressRange.of(text), kind);
    }
  }
}
