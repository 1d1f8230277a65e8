package io.agentos.runtime.models;

import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Write;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
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

  ResponseCache(Database database) {
    this.database = database;
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

    private byte[] hash() {
      return HexFormat.of().parseHex(digest);
    }
  }

  Optional<Completion> find(Key key) {
    return database.inEngine(tx ->
        tx.queryOne(
            ResponseCacheSql.FIND,
            row -> Json.read(row.text("body"), Completion.class),
            key.tenant().value(),
            key.hash()));
  }

  /** What keeps an answer; to commit with the step that got it. */
  static List<Write> keep(Key key, Completion completion, Duration time) {
    return List.of(
        Write.any(ResponseCacheSql.CLEAN, key.tenant().value(), key.tenant().value()),
        Write.any(
            ResponseCacheSql.PUT,
            key.tenant().value(),
            key.hash(),
            Json.write(completion),
            time.toSeconds()));
  }
}
