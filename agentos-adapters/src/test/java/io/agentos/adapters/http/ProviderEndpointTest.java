package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderEndpointTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ProviderTimeouts MINUTE = ProviderTimeouts.ofTotal(Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, https://api.openai.com/v1/chat",
    "https://api.openai.com/v1/, https://api.openai.com/v1/chat",
    "https://api.deepseek.com, https://api.deepseek.com/chat",
    "https://api.deepseek.com//, https://api.deepseek.com/chat",
    "HTTPS://host:8443/a/b, HTTPS://host:8443/a/b/chat",
    "http://localhost:11434/v1, http://localhost:11434/v1/chat",
    "http://model.localhost, http://model.localhost/chat",
    "http://127.0.0.1:4010, http://127.0.0.1:4010/chat",
    "http://[::1]:4010, http://[::1]:4010/chat"
  })
  void resolve_baseUrlAsTyped_appendsThePath(String baseUrl, String address) {
    assertThat(endpoint(baseUrl, Map.of()).resolve("/chat")).hasToString(address);
  }

  @Test
  void new_plainHttpToAnotherHost_isRefused() {
    assertThatThrownBy(() -> endpoint("http://10.0.0.7:8000/v1", Map.of()))
        .isInstanceOf(AgentOsException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION)
        .hasMessage(
            "Provider openai: The base URL http://10.0.0.7 would send keys and prompts unencrypted."
                + " Use https, or allow plain http for this provider if the network is private.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://[::2]",
        "http://[2001:db8::1]"
      })
  void new_plainHttpToWhatLooksLikeThisHost_isRefused(String baseUrl) {
    assertThatThrownBy(() -> endpoint(baseUrl, Map.of()))
        .hasMessageContaining("would send keys and prompts unencrypted");
  }

  @Test
  void new_plainHttpAllowed_isTaken() {
    URI url = URI.create("http://10.0.0.7:8000/v1");

    assertThat(new ProviderEndpoint("vllm", url, Map.of(), MINUTE, true).baseUrl()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.openai.com/v1", "ftp://host", "https:///v1", "/v1", ""})
  void new_noHttpUrl_isRefused(String baseUrl) {
    assertThatThrownBy(() -> endpoint(baseUrl, Map.of()))
        .hasMessage("Provider openai: The base URL must be like https://host/v1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:secret@host", "https://host/v1?key=1", "https://host/#a"})
  void new_urlWithMoreThanAPath_isRefused(String baseUrl) {
    assertThatThrownBy(() -> endpoint(baseUrl, Map.of()))
        .hasMessage("Provider openai: The base URL must have no user, '?' or '#' part.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret\nX-Other: 1", "sëcret", ""})
  void new_badHeaderValue_isRefusedWithoutShowingIt(String value) {
    assertThatThrownBy(() -> endpoint("https://host", Map.of("Authorization", value)))
        .hasMessage(
            "Provider openai: The value of header Authorization must be 1 to 4096 visible ASCII"
                + " characters on one line.");
  }

  @Test
  void new_badHeaderName_isRefused() {
    assertThatThrownBy(() -> endpoint("https://host", Map.of("a b", "c")))
        .hasMessage("Provider openai: A header's name must be of letters, digits and '-'.");
  }

  @Test
  void new_headerOfTheConnection_isRefused() {
    assertThatThrownBy(() -> endpoint("https://host", Map.of("Host", "c")))
        .hasMessage(
            "Provider openai: The header Host cannot be set: the connection makes its own.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H1S"})
  void new_timeoutOutOfRange_isRefused(Duration timeout) {
    assertThatThrownBy(() -> new ProviderTimeouts(SECOND, timeout, SECOND, SECOND))
        .hasMessage(
            "The first-byte timeout of a provider is %s; allowed is above 0 and up to 1 hour.",
            timeout);
  }

  @Test
  void toString_headers_showsNamesOnly() {
    assertThat(endpoint("https://host", Map.of("Authorization", "Bearer secret")))
        .hasToString(
            "ProviderEndpoint[provider=openai, baseUrl=https://host, headers=[Authorization],"
                + " timeouts=ProviderTimeouts[connect=PT10S, firstByte=PT2M, idle=PT2M, total=PT1M]]");
  }

  private static ProviderEndpoint endpoint(String baseUrl, Map<String, String> headers) {
    return new ProviderEndpoint("openai", URI.create(baseUrl), headers, MINUTE, false);
  }
}
