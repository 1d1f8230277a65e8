package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the gates of the installation from folders of YAML documents, strictly. */
public final class GateLoader {
  private static final String SUFFIX = ".yaml";

  private GateLoader() {}

  /**
   * The gates in the files {@code NAME.yaml} of all these folders, by name.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all files, one a line; a name
   *     that occurs twice is one
   */
  public static List<GateDefinition> load(Collection<Path> folders) {
    Problems problems = new Problems();
    List<GateDefinition> gates = new ArrayList<>();
    Map<String, String> files = new HashMap<>();
    for (Path folder : folders) {
      for (Section document : Definitions.readFolder(folder, DocumentKind.GATE, problems)) {
        String name = nameOf(document.file());
        String other = files.put(name, document.file());
        if (other != null) {
          document
              .section("metadata")
              .problem(
                  "name",
                  "found '%s', as %s is named; allowed: each name once".formatted(name, other));
        }
        gates.add(GateReader.read(name, document, null));
      }
    }
    problems.throwIfAny();
    return gates.stream().sorted(Comparator.comparing(GateDefinition::name)).toList();
  }

  private static String nameOf(String file) {
    Path path = Path.of(file).getFileName();
    String name = path == null ? file : path.toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
