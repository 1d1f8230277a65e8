package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ErrorCode;
import io.agentos.runtime.durable.TaskFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI document describes exactly the routes there are; the other tests hold answers to it.
 */
final class OpenApiTest {
  /** What names an object in its body, and answers as the object's own route when nobody has it. */
  private static final Set<String> NAMING =
      Set.of("POST /v1/holds", "POST /mcp", "GET /mcp", "DELETE /mcp");

  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static void forEachOperation(BiConsumer<String, JsonNode> consumer) {
    for (Map.Entry<String, JsonNode> path : ApiDocument.TREE.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        consumer.accept(
            operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
            operation.getValue());
      }
    }
  }

  @Test
  void document_isServed() {
    Reply reply = new ApiClient(api.port(), "").get("/openapi.json");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).isEqualTo(ApiDocument.TREE);
    assertThat(reply.text("openapi")).isEqualTo("3.1.0");
  }

  @Test
  void routes_areThoseOfTheServer() {
    TreeSet<String> described = new TreeSet<>();
    forEachOperation((name, _) -> described.add(name));
    TreeSet<String> served = new TreeSet<>();
    HttpApi.routes(
            api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0))
        .forEach(route -> served.add(route.method() + " " + route.path()));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void operations_sayWhoMayAndWhatGoesWrong() {
    for (Route route :
        HttpApi.routes(
            api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0))) {
      JsonNode operation =
          ApiDocument.TREE
              .path("paths")
              .path(route.path())
              .path(route.method().toLowerCase(Locale.ROOT));
      JsonNode responses = operation.path("responses");
      boolean signed = route.access() instanceof Access.Signed;
      boolean open = route.access() instanceof Access.Open || signed;
      boolean stranger = open || route.access() instanceof Access.SignsIn;
      assertThat(operation.path("security").isArray()).as(route.path()).isEqualTo(stranger);
      assertThat(responses.has("401")).as(route.path()).isEqualTo(!open || signed);
      assertThat(responses.has("403")).as(route.path()).isEqualTo(!open);
      boolean names =
          route.path().contains("{id}")
              || NAMING.contains("%s %s".formatted(route.method(), route.path()));
      assertThat(responses.has("404")).as(route.path()).isEqualTo(names);
      assertThat(responses.has("413") && responses.has("415") && responses.has("400"))
          .as(route.path())
          .isEqualTo(route.hasBody());
      assertThat(operation.path("requestBody").isObject()).isEqualTo(route.hasBody());
    }
  }

  @Test
  void examples_fitTheirSchemas() {
    List<String> seen = new ArrayList<>();
    forEachOperation((name, operation) -> {
      operation
          .path("requestBody")
          .path("content")
          .forEach(content -> checkExample(name, content, seen));
      for (JsonNode response : operation.path("responses")) {
        ApiDocument.resolve(response)
            .path("content")
            .forEach(content -> checkExample(name, content, seen));
      }
    });
    assertThat(seen).hasSizeGreaterThan(150);
  }

  private static void checkExample(String name, JsonNode content, List<String> seen) {
    JsonNode schema = content.path("schema");
    if (content.has("example") && !schema.path("type").asString("").equals("string")) {
      ApiDocument.assertFits(schema, content.path("example"), name);
      seen.add(name);
    }
  }

  @Test
  void references_leadSomewhere() {
    check(ApiDocument.TREE);
  }

  private static void check(JsonNode node) {
    if (node.has("$ref")) {
      assertThat(ApiDocument.resolve(node).isMissingNode()).as(node.toString()).isFalse();
    }
    node.forEach(OpenApiTest::check);
  }

  @Test
  void problems_haveKnownCodes() {
    for (JsonNode response : ApiDocument.TREE.at("/components/responses")) {
      JsonNode example = response.at("/content/application~1problem+json/example");
      ErrorCode code = ErrorCode.valueOf(example.path("code").asString());
      assertThat(example.path("status").asInt()).isEqualTo(code.httpStatus());
      assertThat(example.path("type").asString())
          .isEqualTo("urn:agentos:error:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  @Test
  void operationIds_areUnique() {
    List<String> ids = new ArrayList<>();
    forEachOperation((_, operation) -> ids.add(operation.path("operationId").asString()));
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
  }
}
