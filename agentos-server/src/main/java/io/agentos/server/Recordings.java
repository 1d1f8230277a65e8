package io.agentos.server;

import io.agentos.adapters.replay.Recording;
import io.agentos.adapters.replay.RecordingFiles;
import io.agentos.adapters.replay.ReplayProvider;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.server.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The recordings that this server plays in place of all models. Where there are any, each agent's
 * candidates are replaced by its recording, so that no model can be asked and every record of a
 * call says that it was played.
 *
 * <p>Immutable, so thread-safe.
 */
final class Recordings {
  private static final ExplicitPrice NOTHING = new ExplicitPrice(0, 0, 0);
  private static final int NAMES_SHOWN_MAX = 10;

  private final List<Recording> recordings;

  private Recordings(List<Recording> recordings) {
    this.recordings = List.copyOf(recordings);
  }

  /**
   * Those that {@code models.replay} names; none when it is not set.
   *
   * @throws AgentOsException INVALID_DEFINITION when there are none or one is wrong
   */
  static Recordings of(Config config) {
    Optional<Path> place = config.models().replay();
    if (place.isEmpty()) {
      return new Recordings(List.of());
    }
    if (!Files.exists(place.get())) {
      throw wrong("models.replay is '%s'; there is no such file or folder.", place.get());
    }
    List<Recording> found =
        Files.isDirectory(place.get())
            ? RecordingFiles.readFolder(place.get())
            : List.of(RecordingFiles.read(place.get()));
    if (found.isEmpty()) {
      throw wrong("models.replay is '%s'; the folder holds no recording.", place.get());
    }
    return new Recordings(found);
  }

  /** Whether recordings are played and no model is asked. */
  boolean played() {
    return !recordings.isEmpty();
  }

  /** The provider that plays them; empty when models are asked. */
  Optional<ConfiguredProvider> provider() {
    return played()
        ? Optional.of(
            new ConfiguredProvider(new ReplayProvider(recordings), recordings.getFirst().name()))
        : Optional.empty();
  }

  /** What to do where an agent has no recording. */
  String hint() {
    String names =
        recordings.stream()
            .limit(NAMES_SHOWN_MAX)
            .map(Recording::name)
            .collect(Collectors.joining(", "));
    int more = recordings.size() - NAMES_SHOWN_MAX;
    return "models.replay plays recordings in place of all providers, and none of them (%s) was made for this agent's system prompt; record one with 'agentos run --record FILE'"
        .formatted(more > 0 ? "%s and %d more".formatted(names, more) : names);
  }

  /** The pack, its agents led by their recordings; one that has none keeps what it names. */
  PackDefinition in(PackDefinition pack) {
    return played()
        ? new PackDefinition(
            pack.name(),
            pack.version(),
            pack.description(),
            pack.digest(),
            pack.agents().stream().map(this::in).toList(),
            pack.mcpServers())
        : pack;
  }

  /** The catalogue, in which a recording costs nothing. */
  Catalogue in(Catalogue catalogue) {
    Catalogue with = catalogue;
    for (Recording recording : recordings) {
      with = with.with(ReplayProvider.ID, recording.name(), NOTHING);
    }
    return with;
  }

  private AgentDefinition in(AgentDefinition agent) {
    return switch (agent.body()) {
      case WorkflowAgent _ -> agent;
      case LlmAgent llm -> made(llm.system()).map(made -> ledBy(agent, llm, made)).orElse(agent);
    };
  }

  /** A recording alone is played to whoever asks, also when the prompt has changed since. */
  private Optional<Recording> made(String system) {
    if (recordings.size() == 1) {
      return Optional.of(recordings.getFirst());
    }
    String digest = Recording.digest(system);
    return recordings.stream().filter(each -> each.systemDigest().equals(digest)).findFirst();
  }

  private static AgentDefinition ledBy(AgentDefinition agent, LlmAgent llm, Recording recording) {
    Generation asked = llm.generation();
    return agent.ledBy(
        new LlmAgent(
            List.of(ReplayProvider.ID + "/" + recording.name()),
            Routing.PINNED,
            // A cache would play an earlier recording of the same name.
            new Generation(asked.effort(), asked.temperature(), asked.promptCache(), null),
            llm.system(),
            llm.output()));
  }

  private static AgentOsException wrong(String message, Path place) {
    return new AgentOsException(ErrorCode.INVALID_DEFINITION, message.formatted(place));
  }
}
