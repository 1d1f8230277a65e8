package io.agentos.server.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A process that makes calls: reads orders from standard input, a line each, and prints what it
 * found, a line each. Ends when standard input does.
 */
public final class LoadProcess {
  private LoadProcess() {}

  /** Calls through the model router when the argument is {@code routed}, else barely. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean routed = arguments.length > 0 && arguments[0].equals("routed");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      Order order = Order.parse(line);
      try (ModelCall call = routed ? new RoutedCall(order) : new RawCall(order)) {
        System.out.println(new Load(call, order).run().line());
      }
    }
  }
}
