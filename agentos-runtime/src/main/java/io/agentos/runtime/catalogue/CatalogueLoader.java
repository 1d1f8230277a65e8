package io.agentos.runtime.catalogue;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.definitions.Definitions;
import io.agentos.runtime.definitions.DocumentKind;
import io.agentos.runtime.definitions.Problems;
import io.agentos.runtime.definitions.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the catalogue from folders of YAML documents, strictly. */
public final class CatalogueLoader {
  /** How many providers a folder may hold. */
  public static final int PROVIDERS_MAX = 100;

  private static final String SUFFIX = ".yaml";
  private static final String README = "README.md";

  private CatalogueLoader() {}

  /**
   * The models in the files {@code PROVIDER/NAME.yaml} of {@code folders}, on any file system. A
   * model of a later folder takes the place of the same one in an earlier.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all files, one a line
   */
  public static Catalogue load(List<Path> folders) {
    Problems problems = new Problems();
    Map<String, Model> models = new TreeMap<>();
    for (Path folder : folders) {
      models.putAll(read(folder, problems));
    }
    problems.throwIfAny();
    refuseSharedAliases(models.values(), folders, problems);
    problems.throwIfAny();
    return new Catalogue(models.values());
  }

  private static Map<String, Model> read(Path folder, Problems problems) {
    Map<String, Model> models = new TreeMap<>();
    for (Path provider : providers(folder, problems)) {
      for (Section document : Definitions.readFolder(provider, DocumentKind.MODEL, problems)) {
        Section metadata = document.section("metadata");
        Section spec = document.section("spec");
        mustBe(metadata, "name", nameOf(document.file()), "the file");
        mustBe(spec, "provider", fileName(provider), "the folder");
        int before = problems.count();
        Model model = ModelReader.read(metadata, spec);
        if (problems.count() == before && models.put(model.name(), model) != null) {
          spec.problem(
              "id",
              "found '%s', the id of another model of %s; allowed: each id once"
                  .formatted(model.id(), model.provider()));
        }
      }
    }
    return models;
  }

  private static void mustBe(Section section, String key, String wanted, String named) {
    if (!section.text(key).equals(wanted)) {
      section.problem(
          key,
          "found '%s'; allowed: '%s', as %s is named".formatted(section.text(key), wanted, named));
    }
  }

  /** Each name must mean one model: the ids first, then the aliases of all folders together. */
  private static void refuseSharedAliases(
      Collection<Model> models, List<Path> folders, Problems problems) {
    Map<String, String> owners = new HashMap<>();
    for (Model model : models) {
      for (String alias : model.aliases()) {
        String other = owners.putIfAbsent(model.provider() + "/" + alias, model.id());
        if (other != null) {
          problems.add(
              folders.getLast().toString(),
              "found the alias '%s' of %s at %s and %s; allowed: at one model"
                  .formatted(alias, model.provider(), other, model.id()));
        }
      }
    }
  }

  private static List<Path> providers(Path folder, Problems problems) {
    List<Path> providers = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      children
          .filter(child -> !fileName(child).startsWith("."))
          .filter(child -> !child.endsWith(README))
          .limit(PROVIDERS_MAX + 1L)
          .sorted()
          .forEach(providers::add);
    } catch (IOException e) {
      problems.add(folder.toString(), "not a folder that can be read");
      return List.of();
    }
    if (providers.size() > PROVIDERS_MAX) {
      problems.add(
          folder.toString(),
          "found more than %d providers; allowed: %d".formatted(PROVIDERS_MAX, PROVIDERS_MAX));
      return List.of();
    }
    providers.removeIf(child -> {
      boolean file = !Files.isDirectory(child);
      if (file) {
        problems.add(
            child.toString(), "found a file; allowed: a folder for each provider, and " + README);
      }
      return file;
    });
    return providers;
  }

  private static String nameOf(String file) {
    String name = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** The last name of a path; a zip file system ends folders with a slash. */
  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString().replace("/", "");
  }
}
