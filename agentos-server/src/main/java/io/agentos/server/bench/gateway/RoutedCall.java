package io.agentos.server.bench.gateway;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiProvider;
import io.agentos.api.AgentId;
import io.agentos.api.Completion;
import io.agentos.api.ModelEvent;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.Zone;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.OutputRules;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.runtime.models.ModelRouter;
import io.agentos.runtime.models.ModelTask;
import io.agentos.runtime.policy.Match;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.Policy;
import io.agentos.runtime.policy.Rule;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import io.agentos.spi.ModelListener;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A call as an agent makes it: policy, choice, circuit, limits, built from the conversation, sent,
 * read into a completion, priced. Nothing is booked: the ledger is the journal's business, and its
 * cost is in the figures of {@code bench durable}.
 */
final class RoutedCall implements ModelCall {
  /** No database is there, for none is asked unless an upstream tells limits; ours does not. */
  private static final DatabaseSettings NO_DATABASE =
      new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "none", "none", 2);

  private static final String MODEL = "openai/bench";
  private static final TenantId TENANT = new TenantId("bench");

  private final OpenAiProvider provider;
  private final Database database = new Database(NO_DATABASE);
  private final ModelRouter router;
  private final ModelTask task;
  private final StepKey key;

  RoutedCall(Order order) {
    provider =
        new OpenAiProvider(
            new ProviderSettings(
                "openai",
                order.to(),
                "bench-key-of-nobody",
                "bench",
                Map.of(),
                ProviderTimeouts.DEFAULT),
            OpenAiProvider.Api.CHAT_COMPLETIONS);
    ExplicitPrice price = new ExplicitPrice(1_000_000, 100_000, 2_000_000);
    router =
        new ModelRouter(
            List.of(new ConfiguredProvider(provider, "bench")),
            Map.of(),
            List.of(),
            Catalogue.EMPTY.with("openai", "bench", price),
            policy(),
            database,
            new DataKeys(new Vault(MasterKey.of(MasterKey.random()))),
            null,
            Privacy.ofDefaults(),
            InstantSource.system());
    task = task(Conversation.ofBytes(order.bodyBytes(), order.streams()));
    key = new StepKey(TENANT, task.request().task(), 1, "turn-1/model");
  }

  @Override
  public void plain() throws IOException {
    check(router.answer(key, task, ModelListener.NONE));
  }

  @Override
  public int stream(Runnable firstToken) throws IOException {
    int[] tokens = new int[1];
    ModelListener listener =
        event -> {
          if (event instanceof ModelEvent.Text && tokens[0]++ == 0) {
            firstToken.run();
          }
        };
    check(router.answer(key, task, listener));
    return tokens[0];
  }

  @Override
  public void close() {
    provider.close();
    database.close();
  }

  private static Policies policy() {
    List<String> any = List.of();
    Match models = new Match(any, any, any, any, any, List.of("*"), List.of(), Map.of(), 9);
    Rule permit = new Rule("models", Rule.Effect.PERMIT, models, "", AgentLimits.NONE);
    return Policies.fixed(
        List.of(new Policy("bench", "Permits the models", List.of(permit))),
        InstantSource.system());
  }

  private static ModelTask task(Conversation conversation) {
    LlmAgent llm =
        new LlmAgent(
            List.of(MODEL),
            Routing.PINNED,
            new Generation(null, null, false, null),
            Conversation.SYSTEM,
            OutputRules.NONE);
    AgentDefinition agent =
        new AgentDefinition(
            AgentId.parse("bench.caller"),
            "Calls a model",
            Zone.GREEN,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            AgentLimits.NONE,
            llm);
    Request request =
        new Request(
            TENANT,
            TaskId.next(),
            "key:bench",
            new Request.Target(null, "bench.caller", null),
            new TaskInput.Text("Answer."),
            5,
            null,
            null,
            Map.of(),
            null);
    return new ModelTask(
        request, agent, llm, conversation.messages(), List.of(), conversation.outputTokensMax());
  }

  private static void check(Completion completion) throws IOException {
    if (completion.stopReason() != Completion.StopReason.END || completion.tokens() == null) {
      throw new IOException("not the upstream's answer");
    }
  }
}
