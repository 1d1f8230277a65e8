package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the golden tasks of packs, {@code evals/AGENT.yaml}, strictly. A server that runs tasks
 * does not need them.
 */
public final class EvalLoader {
  private static final String FOLDER = "evals/";
  private static final String SUFFIX = ".yaml";
  private static final Pattern DIGEST =
      Pattern.compile("(?m)^(?<key>[ ]*systemSha256:[ ]*[\"']?)[0-9a-f]{64}");

  private EvalLoader() {}

  /**
   * The evals of a pack, by the names of their agents.
   *
   * @param folder the pack's folder
   * @param pack what was read from it
   * @throws AgentOsException INVALID_DEFINITION with all problems, one a line; turns that answer
   *     another system prompt than the agent has are one
   */
  public static List<EvalDefinition> load(Path folder, PackDefinition pack) {
    Problems problems = new Problems();
    List<EvalDefinition> evals = new ArrayList<>();
    PackFiles.read(folder, problems).ifPresent(files -> read(files, pack, evals, problems));
    problems.throwIfAny();
    return List.copyOf(evals);
  }

  /**
   * Writes into the evals of a pack which prompts their turns answer: those of now. For people who
   * have read that they still do.
   *
   * @return the files that were changed, within the pack
   * @throws AgentOsException ENVIRONMENT when a file cannot be read or written
   */
  public static List<String> rehash(Path folder, PackDefinition pack) {
    List<String> changed = new ArrayList<>();
    for (AgentDefinition agent : pack.agents()) {
      String name = FOLDER + agent.id().agent() + SUFFIX;
      Path file = folder.resolve(name);
      if (!(agent.body() instanceof LlmAgent llm) || !Files.isRegularFile(file)) {
        continue;
      }
      try {
        String text = Files.readString(file);
        String now =
            DIGEST.matcher(text).replaceFirst("${key}" + CanonicalJson.sha256(llm.system()));
        if (!now.equals(text)) {
          Files.writeString(file, now);
          changed.add(name);
        }
      } catch (IOException e) {
        throw new AgentOsException(
            ErrorCode.ENVIRONMENT,
            "%s cannot be read and written (%s).".formatted(file, e.getClass().getSimpleName()),
            e);
      }
    }
    return changed;
  }

  private static void read(
      PackFiles files, PackDefinition pack, List<EvalDefinition> evals, Problems problems) {
    Map<String, AgentDefinition> agents = new LinkedHashMap<>();
    pack.agents().forEach(agent -> agents.put(agent.id().agent(), agent));
    files
        .contents()
        .forEach((path, content) -> {
          if (!path.startsWith(FOLDER)) {
            return;
          }
          Optional<String> name = name(path);
          if (name.isEmpty()) {
            problems.add(
                files.label(path), "found a file of another kind; allowed: evals/AGENT.yaml");
            return;
          }
          AgentDefinition agent = agents.get(name.get());
          if (agent == null) {
            problems.add(
                files.label(path), AgentReader.unknown("agent", name.get(), agents.keySet()));
            return;
          }
          Definitions.read(files.label(path), content, DocumentKind.EVAL, problems)
              .map(document -> new EvalReader(agent, files, problems).read(document))
              .ifPresent(evals::add);
        });
  }

  private static Optional<String> name(String path) {
    return path.endsWith(SUFFIX) && path.indexOf('/', FOLDER.length()) < 0
        ? Optional.of(path.substring(FOLDER.length(), path.length() - SUFFIX.length()))
        : Optional.empty();
  }
}
