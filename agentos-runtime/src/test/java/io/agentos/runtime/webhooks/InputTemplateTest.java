package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTemplateTest {
  private static final String BODY = "{\"action\":\"opened\",\"issue\":{\"tags\":[\"a\",7]}}";

  private static TaskInput input(Object template, String body) {
    return InputTemplate.input(template, "msg_1", body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void input_withoutTemplate_isThePayload() {
    assertThat(input(null, BODY).asFields())
        .containsEntry(
            "payload", Map.of("action", "opened", "issue", Map.of("tags", List.of("a", 7))));
    assertThat(input(null, "a=b+c&a=d&e=").asFields())
        .containsEntry("payload", Map.of("a", List.of("b c", "d"), "e", ""));
    assertThat(input(null, "an otter").asFields()).containsEntry("payload", "an otter");
  }

  @Test
  void input_template_isFilled() {
    assertThat(input("Look at ${payload.issue.tags} (${payload.action}, ${id})", BODY).text())
        .isEqualTo("Look at [\"a\",7] (opened, msg_1)");
    assertThat(
            input(
                    Map.of("text", "${payload.action}", "tag", "${payload.issue.tags.1}", "k", 3),
                    BODY)
                .asFields())
        .isEqualTo(Map.of("text", "opened", "tag", 7, "k", 3));
    assertThat(input(Map.of("text", "${payload.none}"), BODY).asFields())
        .containsEntry("text", null);
    assertThat(input("[${payload.none.more}]", BODY).text()).isEqualTo("[]");
  }

  @Test
  void input_payloadThatLooksLikeATemplate_isNotFilledAgain() {
    assertThat(input("${payload.a}", "{\"a\":\"${id} $1 \\\\\"}").text()).isEqualTo("${id} $1 \\");
  }

  @Test
  void input_textThatPostgresCannotStore_isReplaced() {
    assertThat(input("${payload.a}", "{\"a\":\"x\\u0000y\\ud800\"}").text())
        .isEqualTo("x\ufffdy\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${", "${payload", "${payload.}", "${payload.a b}", "${env.HOME}", "${}"})
  void isTemplate_unknownReference_isNone(String template) {
    assertThat(InputTemplate.isTemplate(template)).isFalse();
    assertThat(InputTemplate.isTemplate(Map.of("a", List.of(template)))).isFalse();
    assertThat(InputTemplate.isTemplate(5)).isFalse();
  }
}
