package io.agentos.tools.kubernetes;

import io.agentos.tools.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A container of a pod.
 *
 * @param init whether it runs before the others and ends
 */
record Container(YamlNode node, boolean init) {

  String name() {
    return node.text("name").orElse("(no name)");
  }

  /** All of a pod, also those that only begin or debug it. */
  static List<Container> all(YamlNode pod) {
    List<Container> all = new ArrayList<>();
    pod.items("initContainers").forEach(node -> all.add(new Container(node, true)));
    pod.items("containers").forEach(node -> all.add(new Container(node, false)));
    pod.items("ephemeralContainers").forEach(node -> all.add(new Container(node, true)));
    return all;
  }
}
