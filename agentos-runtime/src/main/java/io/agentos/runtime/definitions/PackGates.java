package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gates that agents of one pack can have: those of the installation, then its own, each by
 * name.
 */
final class PackGates {
  private static final String FOLDER = "gates/";
  private static final String SUFFIX = ".yaml";

  private final Map<String, GateDefinition> gates = new LinkedHashMap<>();

  private PackGates() {}

  /** Those of the installation, and those in {@code gates/NAME.yaml} of the pack. */
  static PackGates read(List<GateDefinition> shared, PackFiles files, Problems problems) {
    PackGates all = new PackGates();
    shared.stream()
        .sorted(Comparator.comparing(GateDefinition::name))
        .forEach(gate -> all.gates.put(gate.name(), gate));
    for (Map.Entry<String, byte[]> file : files.contents().entrySet()) {
      String path = file.getKey();
      if (!path.startsWith(FOLDER)) {
        continue;
      }
      if (!path.endsWith(SUFFIX) || path.indexOf('/', FOLDER.length()) >= 0) {
        problems.add(files.label(path), "found a file of another kind; allowed: gates/NAME.yaml");
        continue;
      }
      Definitions.read(files.label(path), file.getValue(), DocumentKind.GATE, problems)
          .ifPresent(document -> all.add(nameOf(path), document, files));
    }
    return all;
  }

  private void add(String name, Section document, PackFiles files) {
    GateDefinition gate = GateReader.read(name, document, files);
    if (gates.putIfAbsent(name, gate) != null) {
      document
          .section("metadata")
          .problem(
              "name",
              "found '%s', the name of a gate of the installation; allowed: another"
                  .formatted(name));
    }
  }

  /** Those that stand before an agent: by themselves, or since it names them. */
  List<GateDefinition> of(AgentId agent, Section spec) {
    List<String> named = spec.texts("gates");
    for (int i = 0; i < named.size(); i++) {
      if (!gates.containsKey(named.get(i))) {
        spec.problem("gates", i, unknown(named.get(i)));
      }
    }
    List<GateDefinition> standing = new ArrayList<>();
    for (GateDefinition gate : gates.values()) {
      if (named.contains(gate.name())
          || (gate.match().fitsAgent(agent) && meets(gate, spec.texts("tools")))) {
        standing.add(gate);
      }
    }
    return standing;
  }

  /** A gate before tool calls alone never meets an agent without such tools. */
  private static boolean meets(GateDefinition gate, List<String> tools) {
    return !gate.at().equals(List.of(GatePlace.TOOL))
        || tools.stream().anyMatch(tool -> gate.match().fitsTool(tool));
  }

  private String unknown(String name) {
    return "unknown gate '%s'; allowed: %s%s"
        .formatted(
            name,
            gates.isEmpty() ? "none is there" : String.join(", ", gates.keySet()),
            Nearest.hint(name, gates.keySet()));
  }

  private static String nameOf(String path) {
    return path.substring(FOLDER.length(), path.length() - SUFFIX.length());
  }
}
