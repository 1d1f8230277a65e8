package io.agentos.runtime.routing;

import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The text of the definition that a task was pinned to when it was routed: as the journal keeps it,
 * and as the audit log names it by its SHA-256. Reading a text and writing it again gives the same.
 */
public record PinnedDefinition(String text) {

  /** That of an agent, at the moment of routing. */
  static PinnedDefinition of(AgentDefinition agent) {
    return new PinnedDefinition(canonical(Json.write(agent)));
  }

  /** What the audit log says of a route beside the verdict of the policies. */
  public static Map<String, String> facts(Route route) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("definition_sha256", sha256(of(route.agent()).text));
    facts.put("pack_digest", route.packDigest());
    return facts;
  }

  /** That of the result of a step {@code route}; empty when it was erased. */
  public static Optional<PinnedDefinition> ofRouted(JsonNode result) {
    JsonNode agent = result.path("route").path("agent");
    return agent.isObject()
        ? Optional.of(new PinnedDefinition(canonical(agent.toString())))
        : Optional.empty();
  }

  /** The prompts in it, by name: that of an agent which a model leads. */
  public Map<String, String> prompts() {
    Map<String, String> prompts = new LinkedHashMap<>();
    String system = tree(text).path("body").path("system").asString("");
    if (!system.isEmpty()) {
      prompts.put("system", system);
    }
    return prompts;
  }

  private static String canonical(String json) {
    return Json.write(tree(json));
  }

  private static JsonNode tree(String json) {
    return Json.readTree(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
