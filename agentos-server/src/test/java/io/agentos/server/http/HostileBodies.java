package io.agentos.server.http;

import io.agentos.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Bodies that are as they should be but for one text. */
final class HostileBodies {
  private HostileBodies() {}

  /** The body with each of its values in turn replaced, and with a member of that name. */
  static List<String> of(String example, String text) {
    List<String> bodies = new ArrayList<>();
    int places = replace(Json.mapperForTrees().readTree(example), text, new int[] {-1});
    for (int place = 0; place < places; place++) {
      JsonNode body = Json.mapperForTrees().readTree(example);
      replace(body, text, new int[] {place});
      bodies.add(body.toString());
    }
    ObjectNode more = Json.mapperForTrees().readTree(example).asObject();
    more.put(text, text);
    bodies.add(more.toString());
    return bodies;
  }

  /** Replaces the value that the counter comes to, and counts the values. */
  private static int replace(JsonNode node, String text, int[] left) {
    int found = 0;
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames().stream().toList()) {
        found += replaceIn(object.path(name), () -> object.put(name, text), text, left);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        found +=
            replaceIn(array.path(i), () -> array.set(index, StringNode.valueOf(text)), text, left);
      }
    }
    return found;
  }

  private static int replaceIn(JsonNode value, Runnable put, String text, int[] left) {
    if (value.isContainer()) {
      return replace(value, text, left);
    }
    if (left[0]-- == 0) {
      put.run();
    }
    return 1;
  }
}
