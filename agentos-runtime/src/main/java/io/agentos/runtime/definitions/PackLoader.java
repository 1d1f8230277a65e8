package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads packs from folders, on any file system.
 *
 * <p>A pack is a folder of its own name with {@code pack.yaml}, {@code agents/NAME.yaml} for each
 * agent named there, {@code prompts/*.md}, {@code gates/NAME.yaml} and {@code
 * tools/mcp-SERVER.yaml}, each of those with its {@code tools/mcp-SERVER.lock.json}. All files but
 * hidden ones count into its digest: the SHA-256 over each file in the order of the names, of name,
 * a zero byte, the SHA-256 of the content in hexadecimal and a line feed.
 */
public final class PackLoader {
  /** How many packs a folder may hold. */
  public static final int PACKS_MAX = 200;

  private static final String PACK_FILE = "pack.yaml";
  private static final String AGENTS = "agents/";
  private static final String SUFFIX = ".yaml";

  private PackLoader() {}

  /**
   * The packs in the folders within {@code packsFolder}, by name. Hidden folders and plain files
   * are passed over.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all packs, one a line
   */
  public static List<PackDefinition> load(Path packsFolder) {
    return load(packsFolder, List.of());
  }

  /**
   * The same, with the gates of the installation, which stand before agents of all packs.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all packs, one a line
   */
  public static List<PackDefinition> load(Path packsFolder, List<GateDefinition> gates) {
    Problems problems = new Problems();
    List<PackDefinition> packs = new ArrayList<>();
    for (Path folder : folders(packsFolder, problems)) {
      read(folder, gates, problems).ifPresent(packs::add);
    }
    problems.throwIfAny();
    return List.copyOf(packs);
  }

  /**
   * Checks what only shows when all packs of an installation are known: that their names differ,
   * and that whom agents ask for parts of their work is there and takes what it is given.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems, one a line
   */
  public static void checkTogether(List<PackDefinition> packs) {
    Problems problems = new Problems();
    Set<String> names = new HashSet<>();
    for (PackDefinition pack : packs) {
      if (!names.add(pack.name())) {
        problems.add(
            "packs",
            "found two packs named '%s'; allowed: each name once, rename yours"
                .formatted(pack.name()));
      }
    }
    DelegateCheck.check(packs, problems);
    problems.throwIfAny();
  }

  /**
   * The pack in {@code folder}.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems, one a line
   */
  public static PackDefinition loadPack(Path folder) {
    return loadPack(folder, List.of());
  }

  /**
   * The same, with the gates of the installation.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems, one a line
   */
  public static PackDefinition loadPack(Path folder, List<GateDefinition> gates) {
    Problems problems = new Problems();
    Optional<PackDefinition> pack = read(folder, gates, problems);
    problems.throwIfAny();
    return pack.orElseThrow();
  }

  private static List<Path> folders(Path packsFolder, Problems problems) {
    try (Stream<Path> children = Files.list(packsFolder)) {
      List<Path> folders =
          children
              .filter(Files::isDirectory)
              .filter(child -> !name(child).startsWith("."))
              .limit(PACKS_MAX + 1L)
              .sorted()
              .toList();
      if (folders.size() > PACKS_MAX) {
        problems.add(
            packsFolder.toString(),
            "found more than %d packs; allowed: %d".formatted(PACKS_MAX, PACKS_MAX));
      }
      return folders;
    } catch (IOException e) {
      problems.add(packsFolder.toString(), "not a folder that can be read");
      return List.of();
    }
  }

  private static Optional<PackDefinition> read(
      Path folder, List<GateDefinition> gates, Problems problems) {
    int before = problems.count();
    return PackFiles.read(folder, problems)
        .flatMap(files ->
            document(files, PACK_FILE, DocumentKind.PACK, problems)
                .map(pack ->
                    pack(
                        files,
                        name(folder),
                        pack,
                        PackGates.read(gates, files, problems),
                        problems)))
        .filter(_ -> problems.count() == before);
  }

  private static PackDefinition pack(
      PackFiles files, String folderName, Section pack, PackGates gates, Problems problems) {
    Section metadata = pack.section("metadata");
    String name = metadata.text("name");
    if (!name.equals(folderName)) {
      metadata.problem(
          "name", "found '%s'; allowed: '%s', as the folder is named".formatted(name, folderName));
    }
    if (name.equals(DirectCalls.PACK)) {
      metadata.problem(
          "name", "found '%s', which is AgentOS's own; allowed: another".formatted(name));
    }
    Section spec = pack.section("spec");
    List<String> names = spec.texts("agents");
    List<AgentDefinition> agents = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String file = AGENTS + names.get(i) + SUFFIX;
      if (!files.contents().containsKey(file)) {
        spec.problem(
            "agents",
            i,
            "found '%s'; %s does not exist".formatted(names.get(i), files.label(file)));
        continue;
      }
      AgentId id = new AgentId(name, names.get(i));
      document(files, file, DocumentKind.AGENT, problems)
          .map(agent -> AgentReader.read(id, agent, files, gates))
          .ifPresent(agents::add);
    }
    refuseOthers(files, names, problems);
    return new PackDefinition(
        name,
        metadata.text("version"),
        metadata.text("description"),
        files.digest(),
        agents,
        McpServerReader.read(files, problems));
  }

  private static void refuseOthers(PackFiles files, List<String> names, Problems problems) {
    for (String file : files.contents().keySet()) {
      if (file.startsWith(AGENTS) && !names.contains(agentName(file))) {
        problems.add(files.label(file), "not an agent named in spec.agents of " + PACK_FILE);
      }
    }
  }

  private static String agentName(String file) {
    return file.endsWith(SUFFIX)
        ? file.substring(AGENTS.length(), file.length() - SUFFIX.length())
        : "";
  }

  private static Optional<Section> document(
      PackFiles files, String name, DocumentKind kind, Problems problems) {
    byte[] content = files.contents().get(name);
    if (content == null) {
      problems.add(files.label(name), "does not exist");
      return Optional.empty();
    }
    return Definitions.read(files.label(name), content, kind, problems);
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString().replace("/", "");
  }
}
