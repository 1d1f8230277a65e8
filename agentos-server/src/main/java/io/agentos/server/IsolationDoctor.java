package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.postgres.EmbeddedPostgres;
import io.agentos.server.cli.RlsCheck;
import io.agentos.server.config.Config;
import io.agentos.server.config.PostgresUrl;
import io.agentos.server.config.Secret;
import io.agentos.tools.sql.IsolationCheck;
import io.agentos.tools.sql.isolation.Hazard;
import io.agentos.tools.sql.isolation.IsolationFinding;
import io.agentos.tools.sql.isolation.IsolationReport;
import io.agentos.tools.sql.isolation.IsolationScope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lints the isolation of tenants, here or in a database of a user. Thread-safe. */
public final class IsolationDoctor implements RlsCheck {
  /** What our own schema is held to: no table is excepted. */
  private static final Scope OWN =
      new Scope("agentos_app", "tenant_id", List.of("agentos"), List.of());

  private final Map<String, String> environment;

  public IsolationDoctor(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Report of(String address, Scope scope) {
    IsolationReport report =
        IsolationCheck.run(
            address,
            new IsolationScope(scope.role(), scope.column(), scope.schemas(), scope.allowed()),
            name -> Optional.ofNullable(environment.get(name)));
    return new Report(
        report.role(),
        scope.column(),
        report.tables(),
        report.tenanted(),
        Hazard.values().length,
        report.findings().stream().map(IsolationDoctor::told).toList());
  }

  @Override
  public Report ofServer(Config config) {
    return of(
        config.database().url().map(IsolationDoctor::address).orElseGet(() -> embedded(config)),
        OWN);
  }

  private static Finding told(IsolationFinding finding) {
    return new Finding(
        finding.hazard().id(),
        finding.hazard().title(),
        finding.hazard().meaning(),
        finding.object(),
        finding.detail(),
        finding.repair());
  }

  private static String embedded(Config config) {
    return EmbeddedPostgres.address(Storage.cluster(config.data().directory()))
        .map(server -> server + "/" + Storage.DATABASE)
        .orElseThrow(() ->
            new AgentOsException(
                ErrorCode.ENVIRONMENT,
                "No Postgres runs for %s; start it with 'agentos up', or name a database with --url."
                    .formatted(config.data().directory())));
  }

  private static String address(PostgresUrl url) {
    String place = url.jdbcUrl().substring("jdbc:".length());
    return "%s%suser=%s&password=%s"
        .formatted(
            place,
            place.contains("?") ? "&" : "?",
            encoded(url.user()),
            encoded(url.password().map(Secret::value).orElse("")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
