package io.agentos.tools.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dependencies in JSON: npm and Composer. */
final class JsonManifests {
  private static final int DEPTH_MAX = 50;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();

  private JsonManifests() {}

  static Optional<List<Dependency>> npm(String text) {
    return read(
        text,
        List.of(
            Map.entry("dependencies", ""),
            Map.entry("devDependencies", "dev"),
            Map.entry("peerDependencies", "peer"),
            Map.entry("optionalDependencies", "optional")));
  }

  static Optional<List<Dependency>> composer(String text) {
    return read(text, List.of(Map.entry("require", ""), Map.entry("require-dev", "dev")));
  }

  /** The members of some objects at the top, each with its scope. */
  private static Optional<List<Dependency>> read(
      String text, List<Map.Entry<String, String>> scopes) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!root.isObject()) {
      return Optional.empty();
    }
    List<Dependency> found = new ArrayList<>();
    for (Map.Entry<String, String> scope : scopes) {
      for (Map.Entry<String, JsonNode> member : root.path(scope.getKey()).properties()) {
        String version = member.getValue().isString() ? member.getValue().stringValue() : "";
        found.add(new Dependency(member.getKey(), version, scope.getValue()));
      }
    }
    return Optional.of(found);
  }
}
