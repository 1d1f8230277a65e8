package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AgentOsException.FieldError;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskInput;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.InputDefinition.Format;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InputCheckTest {
  private static final AgentDefinition AUDITOR =
      agent(
          List.of("schema", "database"),
          "schema",
          input(InputDefinition.Type.STRING, false),
          "database",
          input(InputDefinition.Type.STRING, false));

  private static final AgentDefinition TYPED =
      agent(
          List.of(),
          "folder",
          input(InputDefinition.Type.STRING, true),
          "count",
          input(InputDefinition.Type.INTEGER, false),
          "rate",
          input(InputDefinition.Type.NUMBER, false),
          "deep",
          input(InputDefinition.Type.BOOLEAN, false),
          "tags",
          input(InputDefinition.Type.ARRAY, false),
          "more",
          input(InputDefinition.Type.OBJECT, false));

  @Test
  void checkInput_fits() {
    assertThatCode(() -> AUDITOR.checkInput(fields("schema", "create table t;")))
        .doesNotThrowAnyException();
    assertThatCode(() -> AUDITOR.checkInput(fields("database", "main", "text", "please")))
        .doesNotThrowAnyException();
    assertThatCode(() -> AUDITOR.checkInput(fields("database", "main", "schema", null)))
        .doesNotThrowAnyException();
    assertThatCode(() ->
            TYPED.checkInput(
                fields(
                    "folder", "/src", "count", 5L, "rate", 1, "deep", false, "tags", List.of(),
                    "more", Map.of())))
        .doesNotThrowAnyException();
    assertThatCode(() -> TYPED.checkInput(fields("folder", "/src", "count", new BigDecimal("2.0"))))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> TYPED.checkInput(fields("folder", "/src", "count", new BigDecimal("1e1000000"))))
        .doesNotThrowAnyException();
  }

  @Test
  void checkInput_unknownName() {
    AgentOsException error =
        Told.by(() -> AUDITOR.checkInput(fields("shema", "x", "database", "main")));

    assertThat(error)
        .hasMessage(
            "The input does not fit agent shop.auditor: input.shema unknown input; allowed: schema,"
                + " database, text; nearest: 'schema'.");
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(error.fieldErrors())
        .containsExactly(
            new FieldError(
                "input.shema",
                "unknown input; allowed: schema, database, text; nearest: 'schema'"));
  }

  @Test
  void checkInput_notExactlyOne() {
    assertThat(told(AUDITOR, new TaskInput.Text("audit it")))
        .containsExactly(
            new FieldError("input", "needs exactly one of schema, database, and has none"));
    assertThat(told(AUDITOR, fields("schema", "x", "database", "y")))
        .containsExactly(
            new FieldError(
                "input", "needs exactly one of schema, database, and has schema and database"));
  }

  @Test
  void checkInput_requiredIsMissing() {
    assertThat(told(TYPED, new TaskInput.Text("x")))
        .containsExactly(new FieldError("input.folder", "is required: What to give"));
    assertThat(told(TYPED, fields("folder", null)))
        .containsExactly(new FieldError("input.folder", "is required: What to give"));
    assertThat(told(TYPED, fields("folder", " ")))
        .containsExactly(new FieldError("input.folder", "is required, and is blank: What to give"));
  }

  @Test
  void checkInput_wrongTypes_toldAtOnce() {
    assertThat(
            told(
                TYPED,
                fields(
                    "folder",
                    1,
                    "count",
                    new BigDecimal("1.5"),
                    "rate",
                    "1",
                    "deep",
                    "yes",
                    "tags",
                    Map.of(),
                    "more",
                    List.of(),
                    "text",
                    5)))
        .containsExactly(
            new FieldError("input.text", "must be a string, and is a number"),
            new FieldError("input.folder", "must be a string, and is a number"),
            new FieldError("input.count", "must be an integer, and is a number"),
            new FieldError("input.rate", "must be a number, and is a string"),
            new FieldError("input.deep", "must be a boolean, and is a string"),
            new FieldError("input.tags", "must be an array, and is an object"),
            new FieldError("input.more", "must be an object, and is an array"));
  }

  @Test
  @SuppressWarnings("NullAway") // javac drops the @Nullable of a compact constructor's parameters
  void checkInput_manyErrors_boundedAndCounted() {
    Map<String, @Nullable Object> many = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      many.put("unknown" + i, i);
    }

    AgentOsException error = Told.by(() -> AUDITOR.checkInput(new TaskInput.Fields(many)));

    assertThat(error.fieldErrors()).hasSize(20);
    assertThat(error.detail()).endsWith("; and 11 more.");
  }

  @Test
  void checkInput_neverTellsValues() {
    assertThat(
            Told.by(() -> TYPED.checkInput(fields("folder", "/src", "count", "hunter2"))).detail())
        .doesNotContain("hunter2");
  }

  private static List<FieldError> told(AgentDefinition agent, TaskInput input) {
    return Told.by(() -> agent.checkInput(input)).fieldErrors();
  }

  @SuppressWarnings("NullAway") // javac drops the @Nullable of a compact constructor's parameters
  private static TaskInput fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new TaskInput.Fields(fields);
  }

  private static InputDefinition input(InputDefinition.Type type, boolean required) {
    return new InputDefinition(type, Format.TEXT, required, "What to give");
  }

  private static AgentDefinition agent(List<String> exactlyOneOf, Object... namesAndInputs) {
    Map<String, InputDefinition> inputs = new LinkedHashMap<>();
    for (int i = 0; i < namesAndInputs.length; i += 2) {
      inputs.put((String) namesAndInputs[i], (InputDefinition) namesAndInputs[i + 1]);
    }
    return new AgentDefinition(
        new AgentId("shop", "auditor"),
        "Audits",
        Zone.GREEN,
        List.of(),
        List.of(),
        inputs,
        exactlyOneOf,
        List.of(),
        AgentLimits.NONE,
        new WorkflowAgent(List.of(), new OutputTemplate("x", null)));
  }
}
