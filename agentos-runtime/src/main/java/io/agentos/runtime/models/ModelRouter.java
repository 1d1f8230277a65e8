package io.agentos.runtime.models;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.spi.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends a model call to the first candidate that can take it, and to the next when that one fails.
 * Errors that may pass are tried again by the ledger; each call is journaled, so that a finished
 * one is never paid twice.
 *
 * <p>Thread-safe.
 */
public final class ModelRouter {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int ATTEMPTS_MAX = 4;

  private final Map<String, ModelProvider> providers = new TreeMap<>();
  private final Map<String, String> missing;
  private final List<AgentId> agentsWithoutModel;

  /**
   * @param missing how to configure each provider that is not, by id, for people
   * @param agentsWithoutModel what a user without any provider can still run
   */
  public ModelRouter(
      List<ModelProvider> providers,
      Map<String, String> missing,
      List<AgentId> agentsWithoutModel) {
    providers.forEach(provider -> this.providers.put(provider.id(), provider));
    this.missing = new TreeMap<>(missing);
    this.agentsWithoutModel = List.copyOf(agentsWithoutModel);
  }

  /** Whether one of {@code candidates} is configured. */
  public boolean serves(List<String> candidates) {
    return candidates.stream().anyMatch(candidate -> providers.containsKey(providerOf(candidate)));
  }

  /** What to say to somebody whose agent no configured provider serves. */
  public String unavailable(AgentId agent, List<String> candidates) {
    List<String> hints = new ArrayList<>();
    for (String candidate : candidates) {
      String hint = missing.get(providerOf(candidate));
      if (hint != null) {
        hints.add(hint);
      }
    }
    String how = hints.isEmpty() ? "configure one of " + candidates : String.join(", or ", hints);
    return "Agent %s needs a model and no provider of %s is configured: %s. Agents that need no model: %s."
        .formatted(
            agent,
            candidates,
            how,
            String.join(", ", agentsWithoutModel.stream().map(AgentId::toString).toList()));
  }

  /**
   * The answer of the first candidate that gives one.
   *
   * @throws AgentOsException NO_MODEL when none is configured; else what the last candidate failed
   *     with
   */
  public Completion complete(Durable durable, String name, ModelTask task) {
    List<String> candidates =
        task.candidates().stream()
            .filter(candidate -> providers.containsKey(providerOf(candidate)))
            .toList();
    Optional<AgentOsException> last = Optional.empty();
    for (int i = 0; i < candidates.size(); i++) {
      String step = i == 0 ? name : name + "-" + (i + 1);
      try {
        return call(durable, step, task, candidates.get(i));
      } catch (AgentOsException e) {
        if (!mayFallBack(e.code())) {
          throw e;
        }
        last = Optional.of(e);
      }
    }
    throw last.orElseGet(() ->
        new AgentOsException(ErrorCode.NO_MODEL, unavailable(task.agent(), task.candidates())));
  }

  private Completion call(Durable durable, String name, ModelTask task, String candidate) {
    String providerId = providerOf(candidate);
    String model = candidate.contains("/") ? candidate.substring(providerId.length() + 1) : "";
    ModelProvider provider = providers.get(providerId);
    if (provider == null) {
      throw new IllegalStateException("no provider " + providerId);
    }
    Reach reach =
        new Reach(task.request().tenant(), task.request().task(), task.agent(), null, null, null)
            .withModel(providerId, model);
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", "model");
    about.put("provider", providerId);
    about.put("model", model.isEmpty() ? "default" : model);
    about.put("messages", task.messages().size());
    Intent intent =
        new Intent(
            name,
            ToolSpec.Effect.READ_ONLY,
            reach,
            digest(task, candidate),
            about,
            List.of(),
            TIMEOUT,
            ATTEMPTS_MAX);
    return durable.effect(intent, Completion.class, step -> call(step, provider, task, model));
  }

  private static Completion call(Step step, ModelProvider provider, ModelTask task, String model) {
    Completion completion =
        provider.complete(
            new ModelRequest(
                step.key(),
                model,
                task.system(),
                task.messages(),
                task.tools(),
                task.outputTokensMax(),
                ModelOptions.NONE));
    Tokens tokens = completion.tokens() == null ? Tokens.NONE : completion.tokens();
    step.used(tokens.usage(0));
    Map<String, String> facts =
        Map.of(
            "provider", completion.provider(),
            "model", completion.model(),
            "step", step.key().name(),
            "input_tokens", String.valueOf(tokens.input()),
            "output_tokens", String.valueOf(tokens.output()),
            "stop_reason", completion.stopReason().name());
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "model.called",
            "agent:" + task.agent(),
            step.key().task().toString(),
            facts));
    step.event("model.called", new LinkedHashMap<>(facts));
    return completion;
  }

  /** Whether another provider might do what this one did not. */
  private static boolean mayFallBack(ErrorCode code) {
    return switch (code) {
      case PROVIDER_UNAVAILABLE, PROVIDER_ANSWER, PROVIDER_KEY, PROVIDER_CREDIT, TOOL_UNAVAILABLE ->
          true;
      default -> false;
    };
  }

  private static String digest(ModelTask task, String candidate) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("candidate", candidate);
    call.put("system", task.system());
    call.put("messages", Json.write(task.messages()));
    call.put("tools", task.tools().stream().map(ToolSpec::name).toList());
    call.put("output_tokens_max", task.outputTokensMax());
    return CanonicalJson.digest(call);
  }

  private static String providerOf(String candidate) {
    int slash = candidate.indexOf('/');
    return slash < 0 ? candidate : candidate.substring(0, slash);
  }
}
