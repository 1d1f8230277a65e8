package io.agentos.tools.kubernetes;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One object of a manifest.
 *
 * @param file in which it stands; empty for the text that was given
 */
record Resource(String file, YamlNode root) {

  String kind() {
    return root.text("kind").orElse("");
  }

  String apiVersion() {
    return root.text("apiVersion").orElse("");
  }

  String name() {
    return root.text("metadata", "name")
        .or(() -> root.text("metadata", "generateName"))
        .orElse("(no name)");
  }

  String namespace() {
    return root.text("metadata", "namespace").orElse("default");
  }

  /** Kind and name, for people. */
  String title() {
    return Words.code(kind() + " " + name());
  }

  Place place(int line) {
    return new Place(file, line);
  }

  /** A finding about a value, or about the nearest above it when that is missing. */
  Finding finding(Severity severity, int line, Told told, String what) {
    return new Finding(told.rule(), severity, place(line), what, told.why(), told.fix());
  }

  /** What all findings of a rule have in common. */
  record Told(String rule, String why, String fix) {}

  /** The pod that it makes; empty for kinds that make none. */
  Optional<YamlNode> podSpec() {
    return switch (kind()) {
      case "Pod" -> root.at("spec");
      case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job" ->
          root.at("spec", "template", "spec");
      case "PodTemplate" -> root.at("template", "spec");
      case "CronJob" -> root.at("spec", "jobTemplate", "spec", "template", "spec");
      default -> Optional.empty();
    };
  }

  /** The labels of its pods. */
  Map<String, String> podLabels() {
    return switch (kind()) {
      case "Pod" -> texts(root.members("metadata", "labels"));
      case "CronJob" ->
          texts(root.members("spec", "jobTemplate", "spec", "template", "metadata", "labels"));
      default -> texts(root.members("spec", "template", "metadata", "labels"));
    };
  }

  static Map<String, String> texts(Map<String, YamlNode> members) {
    Map<String, String> texts = new TreeMap<>();
    members.forEach((name, value) -> {
      if (value instanceof YamlNode.Scalar scalar) {
        texts.put(name, scalar.text());
      }
    });
    return texts;
  }

  /** Whether its pods run for as long as they can, and serve others. */
  boolean isLongRunning() {
    return List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet").contains(kind());
  }
}
