package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The routes that say how the server is, and what it offers. Thread-safe. */
final class HealthRoutes {
  private static final String DOCUMENT = "/openapi.json";

  private final ReadinessProbe probe;
  private final Answer.Ready document;
  private final Supplier<List<String>> warnings;

  HealthRoutes(Readiness readiness, Supplier<List<String>> warnings) {
    this.warnings =
        () -> Stream.concat(warnings.get().stream(), readiness.warnings().stream()).toList();
    this.probe = new ReadinessProbe(readiness);
    this.document = new Answer.Ready(200, openApi(), Map.of());
  }

  List<Route> routes() {
    Access open = new Access.Open();
    return List.of(
        new Route("GET", "/livez", open, _ -> Answer.json(200, Map.of("status", "alive"))),
        new Route("GET", "/readyz", open, _ -> ready()),
        new Route("GET", DOCUMENT, open, _ -> document));
  }

  private Answer ready() {
    String missing = probe.missing();
    if (!missing.isEmpty()) {
      throw new AgentOsException(ErrorCode.STORE_UNAVAILABLE, missing);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("status", "ready");
    List<String> open = warnings.get();
    if (!open.isEmpty()) {
      told.put("warnings", open);
    }
    return Answer.json(200, told);
  }

  /** The OpenAPI document, as it is. */
  static String openApi() {
    try (InputStream in = HealthRoutes.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + DOCUMENT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
