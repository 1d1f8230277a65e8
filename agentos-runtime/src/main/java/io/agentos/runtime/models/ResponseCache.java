package io.agentos.runtime.models;

import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that may serve the same question again: the same tenant, model, prompt, tools and
 * options, to the byte.
 *
 * <p>Thread-safe.
 */
final class ResponseCache {
  private final Database database;
  private final DataKeys keys;

  ResponseCache(Database database, DataKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /**
   * What a question is known by.
   *
   * @param digest SHA-256, hexadecimal
   */
  record Key(TenantId tenant, String digest) {
    static Key of(Candidate candidate, ModelRequest request) {
      Map<String, Object> question = new LinkedHashMap<>();
      question.put("model", candidate.name());
      question.put("system", request.system());
      question.put("messages", Json.write(request.messages()));
      question.put("tools", Json.write(request.tools()));
      question.put("options", Json.write(request.options()));
      question.put("output_tokens_max", request.outputTokensMax());
      return new Key(request.key().tenant(), CanonicalJson.digest(question));
    }
  }

  /** The place of an answer: its digest under the tenant's key, and the answer when it is known. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  record Shelf(TenantId tenant, byte[] hash, Optional<Completion> answer) {
    private String place() {
      return "model_cache.body:" + HexFormat.of().formatHex(hash);
    }
  }

  /** Looks for an answer. It is sealed by the task that got it, and gone when that is erased. */
  Shelf find(Key key) {
    return database.inEngine(tx -> {
      TenantKeys own = keys.in(tx, key.tenant());
      Shelf shelf =
          new Shelf(key.tenant(), own.digest("model_cache", key.digest()), Optional.empty());
      Optional<Completion> answer =
          tx.queryOne(
              ResponseCacheSql.FIND,
              row -> {
                TaskKey sealer = own.of(new TaskId(row.uuid("task_id")), row);
                String body = sealer.open(shelf.place(), row.bytes("body"));
                return Json.read(body, Completion.class);
              },
              key.tenant().value(),
              shelf.hash);
      return new Shelf(key.tenant(), shelf.hash, answer);
    });
  }

  /** Keeps an answer; commits with the step that got it. */
  static void keep(Step step, Shelf shelf, Completion completion, Duration time) {
    String tenant = shelf.tenant.value();
    step.write(Write.any(ResponseCacheSql.CLEAN, tenant, tenant));
    step.write(
        Write.any(
            ResponseCacheSql.PUT,
            tenant,
            shelf.hash,
            step.key().task().value(),
            step.seal(shelf.place(), Json.write(completion)),
            time.toSeconds()));
  }
}
