package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.Egress;
import java.net.InetAddress;
import java.util.List;

/** Leads to this machine, by its address and by the name {@code shop.example}. */
enum LocalEgress implements Egress {
  OPEN;

  @Override
  public List<InetAddress> addresses(String host, int port) {
    if (!host.equals("127.0.0.1") && !host.equals("shop.example")) {
      throw new AgentOsException(ErrorCode.EGRESS_REFUSED, "Refused: %s.".formatted(host));
    }
    return List.of(InetAddress.ofLiteral("127.0.0.1"));
  }

  @Override
  public HttpAnswer call(HttpCall call) {
    return Egress.CLOSED.call(call);
  }
}
