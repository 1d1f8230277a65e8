package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.audit.Audit.Filter;
import io.agentos.runtime.audit.Audit.Stored;
import io.agentos.runtime.audit.Audit.Verification;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.sinks.AuditSinks;
import io.agentos.runtime.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of the audit log. Thread-safe. */
final class AuditRoutes {
  private static final Cursor<Long> ENTRIES = Cursor.ofNumbers("audit");
  private static final int TEXT_LENGTH_MAX = 200;

  /** Walks over whole chains that may be under way at once. */
  private static final int WALKS_MAX = 2;

  private final Database database;
  private final Audit audit;
  private final Checkpoints checkpoints;
  private final Semaphore walks = new Semaphore(WALKS_MAX);

  AuditRoutes(HttpServices services) {
    this.database = services.database();
    this.audit = services.audit();
    this.checkpoints = services.checkpoints();
  }

  /**
   * An entry as callers see it.
   *
   * @param body the stored text, of which {@code hash} is the chained hash
   */
  record Entry(
      long seq,
      Instant at,
      String type,
      String actor,
      String subject,
      JsonNode facts,
      String body,
      String hash) {
    static Entry of(Stored stored) {
      return new Entry(
          stored.seq(),
          stored.at(),
          stored.type(),
          stored.actor(),
          stored.subject(),
          Json.readMember(stored.body(), "facts", JsonNode.class),
          stored.body(),
          stored.hash());
    }
  }

  /**
   * What a walk over the chain found.
   *
   * @param firstBadSeq the first entry that does not fit; null when all do
   * @param problem what is wrong there; null when nothing is
   */
  record Verified(
      boolean intact, long entries, @Nullable Long firstBadSeq, @Nullable String problem) {
    static Verified of(Verification found) {
      return new Verified(
          found.intact(),
          found.entries(),
          found.intact() ? null : found.firstBadSeq(),
          found.intact() ? null : found.problem());
    }
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.AUDIT);
    return List.of(
        new Route("GET", "/v1/audit", read, this::list),
        new Route("GET", "/v1/audit/verify", read, this::verify),
        new Route("GET", "/v1/audit/sinks", read, this::sinks));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor", "type", "actor", "subject");
    int limit = query.limit();
    Filter filter =
        new Filter(
            query.text("type", TEXT_LENGTH_MAX).orElse(null),
            query.text("actor", TEXT_LENGTH_MAX).orElse(null),
            query.text("subject", TEXT_LENGTH_MAX).orElse(null),
            query.cursor(ENTRIES).orElse(Long.MAX_VALUE));
    query.check();
    List<Stored> found = audit.list(database, call.tenant(), filter, limit + 1);
    return Answer.json(200, Page.of(found, limit, Entry::of, entry -> ENTRIES.encode(entry.seq())));
  }

  private Answer sinks(Call call) {
    call.parameters().check();
    return Answer.json(200, Map.of("data", AuditSinks.list(database, call.tenant())));
  }

  private Answer verify(Call call) {
    call.parameters().check();
    if (!walks.tryAcquire()) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%d verifications are under way, which is the most at once; try again."
              .formatted(WALKS_MAX));
    }
    return new Answer.Later(() -> {
      try {
        return Answer.json(200, Verified.of(checkpoints.verify(call.tenant())));
      } finally {
        walks.release();
      }
    });
  }
}
