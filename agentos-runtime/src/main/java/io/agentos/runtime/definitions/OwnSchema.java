package io.agentos.runtime.definitions;

import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentos.runtime.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks a JSON Schema that people wrote into a document: that it is one, and whole by itself. */
final class OwnSchema {
  private static final String META = "https://json-schema.org/draft/2020-12/schema";

  private OwnSchema() {}

  /** What is wrong with it, in the words of a problem. */
  static Optional<String> problem(Map<String, @Nullable Object> schema) {
    if (leadsOutside(schema)) {
      return Optional.of(
          "found a reference that leads outside; allowed: those that begin with '#'");
    }
    try {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
      JsonNode tree = Json.mapperForTrees().valueToTree(schema);
      List<String> wrong =
          registry.getSchema(com.networknt.schema.SchemaLocation.of(META)).validate(tree).stream()
              .map(error -> error.getInstanceLocation().toString())
              .limit(1)
              .toList();
      if (!wrong.isEmpty()) {
        return Optional.of(
            "found at %s what JSON Schema does not know; allowed: draft 2020-12"
                .formatted(wrong.getFirst().isEmpty() ? "its root" : wrong.getFirst()));
      }
      registry.getSchema(tree).initializeValidators();
      return Optional.empty();
    } catch (SchemaException | IllegalArgumentException e) {
      return Optional.of("found a schema that cannot be read; allowed: JSON Schema 2020-12");
    }
  }

  private static boolean leadsOutside(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .anyMatch(member ->
                  isOutside(String.valueOf(member.getKey()), member.getValue())
                      || leadsOutside(member.getValue()));
      case List<?> list -> list.stream().anyMatch(OwnSchema::leadsOutside);
      case null, default -> false;
    };
  }

  private static boolean isOutside(String key, @Nullable Object value) {
    return List.of("$ref", "$dynamicRef", "$schema", "$id").contains(key)
        && value instanceof String text
        && !text.startsWith("#")
        && !text.equals(META);
  }
}
