package io.agentos.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InsideAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.255, loopback",
    "::1, loopback",
    "::ffff:127.0.0.1, loopback",
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "::, unspecified",
    "10.0.0.1, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "::ffff:192.168.1.1, private",
    "fc00::1, private",
    "fdff::1, private",
    "fec0::1, private",
    "100.64.0.1, shared",
    "100.127.255.255, shared",
    "169.254.0.1, link-local",
    "fe80::1, link-local",
    "169.254.169.254, metadata",
    "::ffff:169.254.169.254, metadata",
    "168.63.129.16, metadata",
    "100.100.100.200, metadata",
    "fd00:ec2::254, metadata",
    "192.0.0.1, special-purpose",
    "192.88.99.1, special-purpose",
    "198.18.0.1, special-purpose",
    "198.19.255.255, special-purpose",
    "2001::1, special-purpose",
    "2001:0:7f00:1::, special-purpose",
    "100::1, special-purpose",
    "192.0.2.1, documentation",
    "198.51.100.7, documentation",
    "203.0.113.9, documentation",
    "2001:db8::1, documentation",
    "3fff::1, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "ff02::1, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "4000::1, reserved",
    "1::1, reserved",
    "::7f00:1, translated",
    "2002:7f00:1::, translated",
    "64:ff9b:1::7f00:1, translated",
    "64:ff9b::7f00:1, loopback",
    "64:ff9b::10.0.0.1, private",
  })
  void kind_inside(String address, String kind) {
    assertThat(InsideAddresses.kind(InetAddress.ofLiteral(address))).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2001:200::1",
        "64:ff9b::8.8.8.8"
      })
  void kind_public(String address) {
    assertThat(InsideAddresses.kind(InetAddress.ofLiteral(address))).isEmpty();
  }
}
