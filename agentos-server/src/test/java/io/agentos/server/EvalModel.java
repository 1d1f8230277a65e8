package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.TenantId;
import io.agentos.api.Tokens;
import io.agentos.runtime.definitions.EvalDefinition.Turn;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.util.List;
import java.util.Map;

/**
 * A provider that answers in its own name with the turns of golden tasks: those of the tenant, for
 * the system prompt that asks. Thread-safe.
 *
 * @param scripts by tenant and the SHA-256 of a system prompt; shared by all providers
 */
record EvalModel(String id, Map<TenantId, Map<String, List<Turn>>> scripts)
    implements ModelProvider {
  private static final int CHARACTERS_A_TOKEN = 4;

  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    List<Turn> turns =
        scripts
            .getOrDefault(request.key().tenant(), Map.of())
            .getOrDefault(CanonicalJson.sha256(request.system()), List.of());
    int turn =
        (int) request.messages().stream().filter(Message.Assistant.class::isInstance).count();
    if (turn >= turns.size()) {
      throw new AgentOsException(
          ErrorCode.PROVIDER_REFUSED,
          "The golden task has %d turns for the prompt that begins '%s'; turn %d was asked for."
              .formatted(turns.size(), request.system().lines().findFirst().orElse(""), turn + 1));
    }
    Turn answer = turns.get(turn);
    int read = request.system().length() + request.messages().toString().length();
    return new Completion(
        answer.message(),
        answer.stopReason(),
        Tokens.of(
            read / CHARACTERS_A_TOKEN, answer.message().toString().length() / CHARACTERS_A_TOKEN),
        id,
        request.model(),
        "");
  }
}
