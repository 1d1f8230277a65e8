package io.agentos.tools.kubernetes;

import io.agentos.api.AgentOsException;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Walk;
import io.agentos.tools.files.Workspace;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.yaml.YamlDocuments;
import io.agentos.tools.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The objects of a text or of all files of a folder. */
final class Manifests {
  static final int RESOURCES_MAX = 2_000;
  private static final int ENTRIES_MAX = 50_000;
  private static final int FILE_BYTES_MAX = 2 * 1024 * 1024;

  private final List<Resource> resources = new ArrayList<>();
  private final List<Finding> unreadable = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int files;
  private boolean cut;

  /** The objects of one text; throws when it cannot be read. */
  static Manifests ofText(String file, String text) {
    Manifests manifests = new Manifests();
    manifests.files = 1;
    manifests.read(file, text);
    return manifests;
  }

  /** The objects of all YAML and JSON files in a folder that hold some. */
  static Manifests ofFolder(Workspace workspace) throws IOException {
    Manifests manifests = new Manifests();
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            Path.of(""),
            new Walk.Bounds(ENTRIES_MAX, Walk.Bounds.DEPTH_MAX, Duration.ofSeconds(60)),
            entry -> {
              String name = entry.path().toLowerCase(Locale.ROOT);
              boolean named =
                  name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
              if (entry.kind() == Walk.Kind.FILE && named) {
                String text = new String(entry.read(FILE_BYTES_MAX), StandardCharsets.UTF_8);
                manifests.look(Printable.name(entry.path()), text);
              }
              return !manifests.cut;
            });
    outcome
        .cut()
        .ifPresent(why ->
            manifests.notes.add("The folder is larger than one look, ended %s.".formatted(why)));
    return manifests;
  }

  private void look(String file, String text) {
    if (!text.contains("apiVersion") || !text.contains("kind")) {
      return;
    }
    files++;
    if (text.contains("{{") && (file.contains("templates/") || text.contains("{{-"))) {
      notes.add(
          "%s is a template; render it (helm template) and check the result.".formatted(file));
      return;
    }
    try {
      read(file, text);
    } catch (AgentOsException e) {
      unreadable.add(
          new Finding(
              "unreadable",
              Severity.HIGH,
              new Place(file, 0),
              e.detail(),
              "kubectl refuses the whole file.",
              "Mend the line; most often it is indentation, a tab, or a missing quote."));
    }
  }

  private void read(String file, String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (YamlNode document : YamlDocuments.read(unmarked)) {
      if (document.text("kind").orElse("").endsWith("List") && document.at("items").isPresent()) {
        document.items("items").forEach(item -> add(file, item));
      } else {
        add(file, document);
      }
    }
  }

  private void add(String file, YamlNode node) {
    if (node.text("kind").isEmpty() || node.text("apiVersion").isEmpty()) {
      notes.add(
          "%s has no kind or no apiVersion, and is no Kubernetes object; it was passed over."
              .formatted(new Place(file, node.line()).text()));
    } else if (resources.size() < RESOURCES_MAX) {
      resources.add(new Resource(file, node));
    } else if (!cut) {
      cut = true;
      notes.add("Only the first %d objects were looked at.".formatted(RESOURCES_MAX));
    }
  }

  List<Resource> resources() {
    return List.copyOf(resources);
  }

  List<Finding> unreadable() {
    return List.copyOf(unreadable);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  int files() {
    return files;
  }
}
