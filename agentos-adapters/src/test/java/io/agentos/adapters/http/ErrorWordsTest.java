package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorWordsTest {

  @Test
  void read_openAi_isTypeCodeAndParameter() {
    assertThat(
            read(
                """
                {"error":{"code":"decimal_above_max_value","message":"Never shown","param":
                "temperature","type":"invalid_request_error"}}
                """))
        .isEqualTo(
            new ErrorWords(
                List.of("invalid_request_error", "decimal_above_max_value"), "temperature", null));
  }

  @Test
  void read_anthropic_isTheInnerType() {
    assertThat(
            read(
                """
                {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},
                "request_id":"req_1"}
                """))
        .isEqualTo(new ErrorWords(List.of("overloaded_error"), "", null));
  }

  @Test
  void read_google_isStatusAndReasons() {
    assertThat(
            read(
                """
                {"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT",
                "details":[{"@type":"x","reason":"API_KEY_INVALID"},{"@type":"y"}]}}
                """))
        .isEqualTo(new ErrorWords(List.of("INVALID_ARGUMENT", "API_KEY_INVALID"), "", null));
  }

  @Test
  void read_textsForPeople_areDropped() {
    assertThat(
            read("{\"error\":{\"type\":\"a prompt\",\"code\":\"%s\"}}".formatted("x".repeat(65))))
        .isEqualTo(new ErrorWords(List.of(), "", null));
  }

  @Test
  void read_noJson_isEmpty() {
    for (String body : List.of("", "<html>", "[]", "7", "{\"error\":\"text\"}", "{\"error\":7}")) {
      assertThat(read(body)).isEqualTo(new ErrorWords(List.of(), "", null));
    }
  }

  private static ErrorWords read(String body) {
    return ErrorWords.read(ProviderJson.tree(body));
  }
}
