package io.agentos.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import io.agentos.testkit.ReceivedCall;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, and what errors say. */
final class OpenAiProviderTest {
  private static final String KEY = "sk-test-secret-4711";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final FakeModelServer server =
      FakeModelServer.start(FakeStory.always(FakeStep.says("ok")));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void complete_conversation_isChatCompletions() {
    ToolCall call = new ToolCall("call_7", "files.read", Map.of("path", "a.txt"));
    ModelRequest request =
        ModelCalls.conversation(
            3,
            List.of(
                new Message.User("Read a."),
                new Message.Assistant("", List.of(call)),
                new Message.ToolAnswer("call_7", "files.read", "no such file", true),
                new Message.Assistant("It is gone.", List.of()),
                new Message.User("Thanks.")));

    ReceivedCall received = sent(settings(KEY), request);

    assertThat(received.path()).isEqualTo("/v1/chat/completions");
    assertThat(received.header("authorization")).contains("Bearer " + KEY);
    assertThat(received.header("content-type")).contains("application/json");
    assertThat(received.idempotencyKey()).isEqualTo(request.key().idempotencyKey());
    assertThat(received.body())
        .isEqualTo(
            """
            {"model":"contract-model","messages":[\
            {"role":"system","content":"You are under test."},\
            {"role":"user","content":"Read a."},\
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_7","type":"function",\
            "function":{"name":"files__read","arguments":"{\\"path\\":\\"a.txt\\"}"}}]},\
            {"role":"tool","content":"Error: no such file","tool_call_id":"call_7"},\
            {"role":"assistant","content":"It is gone."},\
            {"role":"user","content":"Thanks."}],\
            "tools":[{"type":"function","function":\
            {"name":"files__read","description":"Reads one file.","parameters":\
            {"additionalProperties":false,"properties":{"path":{"type":"string"}},"type":"object"}}},\
            {"type":"function","function":\
            {"name":"files__list","description":"Lists one folder.","parameters":\
            {"additionalProperties":false,"properties":{"path":{"type":"string"}},"type":"object"}}}],\
            "max_completion_tokens":256}\
            """);
  }

  @Test
  void complete_fewestFields_sendsNoOthers() {
    ModelRequest request = bare("", "", null);
    ProviderSettings settings =
        new ProviderSettings(
            "deepseek",
            URI.create(server.uri() + "/"),
            null,
            "deepseek-flash",
            Map.of(),
            ProviderTimeouts.ofTotal(TIMEOUT));

    ReceivedCall received = sent(settings, Api.COMPATIBLE, request);

    assertThat(received.path()).isEqualTo("/chat/completions");
    assertThat(received.header("authorization")).isEmpty();
    assertThat(received.body())
        .isEqualTo(
            "{\"model\":\"deepseek-flash\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":99}");
  }

  @Test
  void complete_temperatureAndModel_areSent() {
    ReceivedCall received = sent(settings(KEY), bare("gpt-x", "", 0.5));

    assertThat(received.body()).contains("\"model\":\"gpt-x\"").contains("\"temperature\":0.5");
  }

  @Test
  void complete_ownHeaders_areSent() {
    ProviderSettings settings =
        new ProviderSettings(
            "openai",
            server.uri(),
            " " + KEY + "\n",
            "m",
            Map.of("OpenAI-Organization", "org-1"),
            ProviderTimeouts.ofTotal(TIMEOUT));

    ReceivedCall received = sent(settings, Api.COMPATIBLE, bare("", "", null));

    assertThat(received.header("OpenAI-Organization")).contains("org-1");
    assertThat(received.header("authorization")).contains("Bearer " + KEY);
  }

  @Test
  void complete_twoToolsOfOneName_isTheProgrammersError() {
    ModelRequest request =
        new ModelRequest(
            ModelCalls.asking("hi").key(),
            "m",
            "",
            List.of(new Message.User("hi")),
            List.of(ModelCalls.READ_FILE, ModelCalls.READ_FILE),
            99,
            ModelOptions.NONE);
    try (ModelProvider provider = new OpenAiProvider(settings(KEY), Api.CHAT_COMPLETIONS)) {
      assertThatThrownBy(() -> provider.complete(request))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tools files.read and files.read have the same name for models");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "401 | {`error`:{`type`:`invalid_request_error`,`code`:`invalid_api_key`,`message`:`Bad`}}"
            + " | PROVIDER_KEY | openai refused the API key (401, invalid_request_error,"
            + " invalid_api_key, request req_1). Check the key configured for this provider.",
        "429 | {`error`:{`type`:`insufficient_quota`,`code`:`insufficient_quota`}}"
            + " | PROVIDER_CREDIT | openai has no credit left for this account (429,"
            + " insufficient_quota, request req_1). Add credit or raise the limit there.",
        "400 | {`error`:{`type`:`invalid_request_error`,`code`:`decimal_above_max_value`,"
            + "`param`:`temperature`,`message`:`Never hi`}}"
            + " | PROVIDER_REFUSED | openai refused the call of model m (400,"
            + " invalid_request_error, decimal_above_max_value, parameter temperature,"
            + " request req_1). A repeat would be refused again: check the model's name and what it"
            + " takes.",
        "429 | {`error`:{`code`:`rate_limit_exceeded`}} | PROVIDER_LIMITED"
            + " | openai limits this account (429, rate_limit_exceeded, request req_1)."
            + " A repeat may pass.",
        "500 | <html>sk-test-secret-4711</html> | PROVIDER_UNAVAILABLE"
            + " | openai is busy or failing (500, request req_1). A repeat may pass.",
        "400 | {`error`:{`type`:`sk-test-secret-4711`,`code`:`two words`}} | PROVIDER_REFUSED"
            + " | openai refused the call of model m (400, request req_1). A repeat would be refused"
            + " again: check the model's name and what it takes."
      })
  void complete_error_saysWhatToDo(int status, String body, ErrorCode code, String message) {
    AgentOsException failure = failure(status, body.replace('`', '"'), Map.of());

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessage(message);
  }

  @Test
  void complete_notFound_namesTheAddress() {
    assertThat(failure(404, "{}", Map.of()).detail())
        .matches(
            "openai refused the call of model m \\(404, request req_1\\)\\. Check the model's name"
                + " and the base URL, http://127\\.0\\.0\\.1:\\d+/v1/chat/completions\\.");
  }

  @Test
  void complete_redirect_namesTheAddress() {
    assertThat(failure(308, "", Map.of("location", "https://elsewhere/")).detail())
        .matches(
            "openai refused the call of model m \\(308, request req_1\\)\\. Redirects are not"
                + " followed: check the base URL, http://127\\.0\\.0\\.1:\\d+/v1/chat/completions\\.");
  }

  @Test
  void toString_settings_showsNoKey() {
    assertThat(settings(KEY).toString())
        .isEqualTo(
            "ProviderSettings[id=openai, baseUrl=%s/v1,".formatted(server.uri())
                + " defaultModel=default-model, headers=[],"
                + " timeouts=ProviderTimeouts[connect=PT10S, firstByte=PT2M, idle=PT2M, total=PT20S]]");
  }

  @Test
  void new_plainHttpElsewhere_onlyWhenAllowed() {
    ProviderSettings settings =
        OpenAiProviders.settings(URI.create("http://10.0.0.7"), KEY, TIMEOUT);

    assertThatThrownBy(() -> new OpenAiProvider(settings, Api.CHAT_COMPLETIONS))
        .hasMessageContaining("would send keys and prompts unencrypted");
    try (ModelProvider provider = new OpenAiProvider(settings, Api.CHAT_COMPLETIONS, true)) {
      assertThat(provider.id()).isEqualTo("openai");
    }
  }

  @Test
  void complete_limited_saysHowLongToWait() {
    AgentOsException failure = failure(429, "{}", Map.of("retry-after", "2"));

    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
    assertThat(failure)
        .hasMessage(
            "openai limits this account (429, request req_1). A repeat may pass after PT2S.");
  }

  private AgentOsException failure(int status, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-request-id", "req_1");
    FakeStep step =
        new FakeStep.Raw(
            status, "text/plain", ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), all);
    try (FakeModelServer other = FakeModelServer.start(FakeStory.always(step));
        ModelProvider provider =
            new OpenAiProvider(
                OpenAiProviders.settings(other.uri(), KEY, TIMEOUT), Api.CHAT_COMPLETIONS)) {
      return catchThrowableOfType(
          AgentOsException.class, () -> provider.complete(bare("m", "", null)));
    }
  }

  private ProviderSettings settings(String key) {
    return OpenAiProviders.settings(server.uri(), key, TIMEOUT);
  }

  private ReceivedCall sent(ProviderSettings settings, ModelRequest request) {
    return sent(settings, Api.CHAT_COMPLETIONS, request);
  }

  private ReceivedCall sent(ProviderSettings settings, Api api, ModelRequest request) {
    try (ModelProvider provider = new OpenAiProvider(settings, api)) {
      Completion completion = provider.complete(request);
      assertThat(completion.provider()).isEqualTo(settings.id());
      return server.calls().getFirst();
    }
  }

  private static ModelRequest bare(String model, String system, @Nullable Double temperature) {
    return new ModelRequest(
        ModelCalls.asking("hi").key(),
        model,
        system,
        List.of(new Message.User("hi")),
        List.of(),
        99,
        temperature == null ? ModelOptions.NONE : ModelOptions.NONE.withTemperature(temperature));
  }
}
