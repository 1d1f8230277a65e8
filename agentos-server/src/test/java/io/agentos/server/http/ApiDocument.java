package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentos.runtime.json.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document, against which every answer of every test is held: its status is described,
 * its headers are there, its body has the fields that are described and no others.
 */
final class ApiDocument {
  static final JsonNode TREE = Json.mapperForTrees().readTree(HealthRoutes.openApi());

  private static final int SHOWN_MAX = 1_000;
  private static final List<Integer> OUTSIDE_OF_ROUTES = List.of(400, 404, 405, 413, 414);
  private static final String REFERENCE = "#/components/schemas/";
  private static final JsonNode CLOSED = closed(definitions(TREE.at("/components/schemas")));
  private static final Map<JsonNode, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private ApiDocument() {}

  /** Holds an answer against the document. */
  static void check(String method, String path, Reply reply) {
    String body = reply.body().substring(0, Math.min(SHOWN_MAX, reply.body().length()));
    String what = method + " " + path + " " + reply.status() + " " + body;
    assertThat(reply.header("X-Request-Id")).as(what).isPresent();
    if (reply.status() >= 400) {
      assertThat(reply.header("Content-Type")).as(what).contains("application/problem+json");
      assertThat(reply.json().path("request_id").asString())
          .as(what)
          .isEqualTo(reply.header("X-Request-Id").orElseThrow());
    }
    Optional<JsonNode> operation = operation(method, path.split("[?]", 2)[0]);
    if (operation.isEmpty()) {
      assertThat(OUTSIDE_OF_ROUTES).as(what).contains(reply.status());
      assertFits(schema("Problem"), reply.json(), what);
      return;
    }
    JsonNode response = operation.get().path("responses").path(String.valueOf(reply.status()));
    assertThat(response.isMissingNode()).as("documented: " + what).isFalse();
    JsonNode content = resolve(response).path("content");
    if (content.isEmpty()) {
      assertThat(reply.body()).as(what).isEmpty();
      return;
    }
    String type = reply.header("Content-Type").orElse("");
    assertThat(content.has(type)).as(type + " documented: " + what).isTrue();
    if (!List.of("text/event-stream", "application/x-ndjson").contains(type)) {
      assertFits(content.path(type).path("schema"), reply.json(), what);
    }
  }

  /** The example of what a call sends; empty when it sends nothing. */
  static String exampleBody(String method, String path) {
    JsonNode content = operationOf(method, path).path("requestBody").path("content");
    JsonNode example = content.path("application/json").path("example");
    return example.isMissingNode() || example.isNull() ? "" : example.toString();
  }

  /** The names of what a call may ask for in its query. */
  static List<String> queryParameters(String method, String path) {
    return operationOf(method, path)
        .path("parameters")
        .valueStream()
        .map(ApiDocument::resolve)
        .filter(parameter -> parameter.path("in").asString().equals("query"))
        .map(parameter -> parameter.path("name").asString())
        .toList();
  }

  private static JsonNode operationOf(String method, String path) {
    return TREE.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
  }

  /** A schema of the document by its name. */
  static JsonNode schema(String name) {
    return JsonNodeFactory.instance.objectNode().put("$ref", REFERENCE + name);
  }

  /** What is wrong with a value; empty when nothing is. */
  static void assertFits(JsonNode schema, JsonNode value, String what) {
    Schema compiled = SCHEMAS.computeIfAbsent(schema, ApiDocument::compile);
    List<Error> errors = compiled.validate(value);
    assertThat(errors).as(what).isEmpty();
  }

  /** Follows a reference into the components. */
  static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? TREE.at(node.path("$ref").asString().substring(1)) : node;
  }

  private static Schema compile(JsonNode schema) {
    ObjectNode whole = closed(definitions(schema)).asObject();
    whole.set("$defs", CLOSED);
    return REGISTRY.getSchema(whole);
  }

  private static Optional<JsonNode> operation(String method, String path) {
    for (Map.Entry<String, JsonNode> entry : TREE.path("paths").properties()) {
      String pattern = Pattern.quote(entry.getKey()).replace("{id}", "\\E[^/]+\\Q");
      if (path.matches(pattern) && !path.equals("/v1/kill-switches/drill/release")) {
        JsonNode operation = entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
        if (!operation.isMissingNode()) {
          return Optional.of(operation);
        }
      }
    }
    return Optional.empty();
  }

  /** The same with its references going to where JSON Schema keeps definitions. */
  private static JsonNode definitions(JsonNode node) {
    return Json.mapperForTrees().readTree(node.toString().replace(REFERENCE, "#/$defs/"));
  }

  /** Lets no object have members that are not described. */
  private static JsonNode closed(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    Iterator<JsonNode> children = node.iterator();
    children.forEachRemaining(ApiDocument::closed);
    return node;
  }
}
