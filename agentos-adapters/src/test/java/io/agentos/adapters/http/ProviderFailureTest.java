package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "429 | {'error':{'code':'rate_limit_exceeded','type':'tokens'}} | PROVIDER_LIMITED",
        "429 | {'error':{'type':'insufficient_quota'}} | PROVIDER_CREDIT",
        "429 | {'error':{'code':'credit_balance_exhausted'}} | PROVIDER_CREDIT",
        "503 | {'error':{'code':'slow_down'}} | PROVIDER_LIMITED",
        "529 | {'type':'error','error':{'type':'overloaded_error'}} | PROVIDER_UNAVAILABLE",
        "409 | {} | PROVIDER_UNAVAILABLE",
        "425 | {} | PROVIDER_UNAVAILABLE",
        "429 | {'type':'error','error':{'type':'rate_limit_error','details':"
            + "{'error_code':'enforced_spend_limit_reached'}}} | PROVIDER_CREDIT",
        "400 | {'type':'error','error':{'type':'invalid_request_error','message':"
            + "'You have reached your specified API usage limits.'}} | PROVIDER_REFUSED",
        "400 | {'error':{'code':400,'status':'INVALID_ARGUMENT','details':"
            + "[{'reason':'API_KEY_INVALID'}]}} | PROVIDER_KEY",
        "429 | [{'error':{'code':429,'status':'RESOURCE_EXHAUSTED'}}] | PROVIDER_LIMITED",
        "402 | {'error':{'code':'invalid_request_error'}} | PROVIDER_CREDIT"
      })
  void of_statusAndWords_areTheCode(int status, String body, ErrorCode code) {
    assertThat(of(status, body).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type':'overloaded_error'} | PROVIDER_UNAVAILABLE",
        "{'type':'rate_limit_error'} | PROVIDER_LIMITED",
        "{'type':'invalid_request_error'} | PROVIDER_REFUSED",
        "{'type':'authentication_error'} | PROVIDER_KEY",
        "{'code':'insufficient_quota'} | PROVIDER_CREDIT",
        "{'code':503,'status':'UNAVAILABLE'} | PROVIDER_UNAVAILABLE",
        "{'code':404} | PROVIDER_REFUSED",
        "{'code':7} | PROVIDER_UNAVAILABLE",
        "'words for people' | PROVIDER_UNAVAILABLE"
      })
  void within_goodStatus_isWhatTheWordsSay(String error, ErrorCode code) {
    assertThat(ProviderFailure.within(answer(200, "{}"), ProviderJson.tree(json(error))).code())
        .isEqualTo(code);
  }

  @Test
  void of_googleRetryDelay_isTheWait() {
    AgentOsException failure =
        of(
            429,
            "{'error':{'code':429,'status':'RESOURCE_EXHAUSTED','details':[{'quotaId':'x'},"
                + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.4s'}]}}");

    assertThat(failure.retryAfter()).contains(Duration.ofMillis(34_400));
    assertThat(failure)
        .hasMessage(
            "test limits this account (429, RESOURCE_EXHAUSTED). A repeat may pass after PT34.4S.");
  }

  @Test
  void of_retryDelayBeyondReason_isBounded() {
    assertThat(of(429, "{'error':{'details':[{'retryDelay':'600h'}]}}").retryAfter())
        .contains(RetryAfter.MAX);
  }

  private static AgentOsException of(int status, String body) {
    return ProviderFailure.of(answer(status, body), null);
  }

  private static ProviderAnswer answer(int status, String body) {
    ByteBuffer bytes = ByteBuffer.wrap(json(body).getBytes(StandardCharsets.UTF_8));
    Bytes read = new Bytes();
    read.add(List.of(bytes));
    return new ProviderAnswer(
        new ProviderEndpoint(
            "test", URI.create("https://host"), Map.of(), ProviderTimeouts.DEFAULT, false),
        new ProviderCall("/x", Map.of(), bytes, "m"),
        status,
        HttpHeaders.of(Map.of(), (_, _) -> true),
        read);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
