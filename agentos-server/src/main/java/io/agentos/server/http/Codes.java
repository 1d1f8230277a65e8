package io.agentos.server.http;

import io.agentos.api.Ids;
import io.agentos.runtime.sessions.SecondFactors;
import java.util.HexFormat;
import java.util.Optional;

/** The codes of second factors that calls carry. Thread-safe. */
final class Codes {
  /** The header that carries a code. */
  static final String HEADER = "X-AgentOS-Code";

  private final SecondFactors factors;
  private final boolean first;

  /**
   * @param first for orders to stop, on the connections kept for them
   */
  Codes(HttpServices services, boolean first) {
    this.factors = services.people().factors();
    this.first = first;
  }

  /** Begins to check the code of a call; the same call repeated may use it again. */
  SecondFactors.Check check(Call call) {
    Optional<String> key = call.header("Idempotency-Key");
    String use =
        key.isEmpty()
            ? Ids.next().toString()
            : call.route()
                + "\n"
                + key.get()
                + "\n"
                + HexFormat.of().formatHex(call.body().sha256());
    return factors.check(call.principal(), call.header(HEADER).orElse(null), use, first);
  }
}
