package io.agentos.runtime.gates;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Output;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.AnswerPart;
import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An answer that fits a JSON Schema: its fields, or its text read as JSON. */
final class SchemaFit implements Check {
  private static final int FINDINGS_MAX = 10;

  private final AnswerPart of;
  private final Schema schema;

  SchemaFit(GateCheck.FitsSchema options) {
    this.of = options.of();
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Json.mapperForTrees().<JsonNode>valueToTree(options.schema()));
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return checkpoint instanceof Checkpoint.BeforeOutput before
        ? consequence.of(findings(before.output()))
        : GateResult.PASS;
  }

  private List<String> findings(Output output) {
    JsonNode answer;
    try {
      answer = tree(output);
    } catch (JacksonException e) {
      return List.of("The text of the answer is not JSON.");
    }
    return schema.validate(answer).stream().limit(FINDINGS_MAX).map(this::finding).toList();
  }

  private JsonNode tree(Output output) {
    return switch (of) {
      case FIELDS -> Json.mapperForTrees().valueToTree(output.fields());
      case TEXT -> Json.readTree(unfenced(output.text()).getBytes(StandardCharsets.UTF_8));
    };
  }

  /** A model likes to put JSON into a block of code. */
  private static String unfenced(String text) {
    String bare = text.strip();
    if (!bare.startsWith("```") || !bare.endsWith("```") || bare.indexOf('\n') < 0) {
      return bare;
    }
    return bare.substring(bare.indexOf('\n'), bare.length() - "```".length());
  }

  /** The place in the schema, which its author knows; never a value of the answer. */
  private String finding(Error error) {
    String place = error.getSchemaLocation().getFragment().toString();
    String property = error.getKeyword().equals("required") ? ": " + error.getProperty() : "";
    return "%s of the answer %s not fit the schema at %s%s."
        .formatted(
            of == AnswerPart.TEXT ? "The text" : "The fields",
            of == AnswerPart.TEXT ? "does" : "do",
            place,
            property);
  }
}
