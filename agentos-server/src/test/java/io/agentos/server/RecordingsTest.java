package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.adapters.replay.Recording;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Tokens;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.Model;
import io.agentos.runtime.catalogue.ServiceTier;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.LlmAgent;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader;
import io.agentos.server.config.ConfigLoader.Flag;
import io.agentos.server.http.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingsTest {
  @TempDir private Path folder;
  private final PackDefinition pack =
      PackLoader.loadPack(SourceTree.root().resolve("packs/engineering"));

  @Test
  void of_nothingSet_changesNothing() {
    Recordings none = Recordings.of(config(List.of()));

    assertThat(none.played()).isFalse();
    assertThat(none.provider()).isEmpty();
    assertThat(none.in(pack)).isSameAs(pack);
    assertThat(none.in(Catalogue.EMPTY).all()).isEmpty();
  }

  @Test
  void in_folder_givesEachAgentTheOneOfItsPrompt() throws IOException {
    tape("other", "");
    tape("reviewer", "systemSha256: " + Recording.digest(llm(pack).system()) + ", ");
    Recordings recordings = Recordings.of(config(folder));

    LlmAgent reviewer = llm(recordings.in(pack));

    assertThat(reviewer.models()).containsExactly("replay/reviewer");
    assertThat(reviewer.routing()).isEqualTo(Routing.PINNED);
    assertThat(reviewer.system()).isEqualTo(llm(pack).system());
    assertThat(recordings.in(pack).digest()).isEqualTo(pack.digest());
    assertThat(recordings.in(pack).agents())
        .extracting(AgentDefinition::delegates)
        .isEqualTo(pack.agents().stream().map(AgentDefinition::delegates).toList());
    assertThat(recordings.in(pack).agents())
        .filteredOn(agent -> !(agent.body() instanceof LlmAgent))
        .isNotEmpty()
        .isSubsetOf(pack.agents());
  }

  @Test
  void in_folderWithoutItsRecording_leavesAnAgentWithNobodyToAsk() throws IOException {
    tape("day", "");
    tape("night", "systemSha256: " + "0".repeat(64) + ", ");
    Config config = config(folder);
    Recordings recordings = Recordings.of(config);

    assertThat(llm(recordings.in(pack)).models()).isEqualTo(llm(pack).models());
    try (Providers providers = Providers.of(config, recordings)) {
      assertThat(providers.configured())
          .extracting(each -> each.provider().id())
          .containsExactly("replay");
      assertThat(providers.listed())
          .filteredOn(each -> each.availability().available())
          .extracting(Catalog.Provider::id)
          .containsExactly("replay");
      assertThat(providers.missing()).containsKeys("openai", "anthropic", "gemini", "deepseek");
      assertThat(providers.missing().get("openai"))
          .isEqualTo(
              "models.replay plays recordings in place of all providers, and none of them (day,"
                  + " night) was made for this agent's system prompt; record one with 'agentos run"
                  + " --record FILE'");
    }
  }

  @Test
  void in_fileAlone_isPlayedToEveryAgent_forNothing() throws IOException {
    Path tape = tape("owl", "systemSha256: " + "0".repeat(64) + ", ");
    Recordings recordings = Recordings.of(config(tape));

    assertThat(llm(recordings.in(pack)).models()).containsExactly("replay/owl");
    assertThat(recordings.provider().map(ConfiguredProvider::model)).contains("owl");
    Model model = recordings.in(Catalogue.EMPTY).find("replay", "owl").orElseThrow();
    assertThat(
            model
                .price()
                .cost(Tokens.of(1_000_000, 1_000_000), Instant.EPOCH, ServiceTier.STANDARD)
                .picos())
        .isZero();
  }

  @Test
  void of_whatIsNotThere_isRefused() throws IOException {
    assertRefused(
        folder.resolve("none.yaml"), "models.replay is '%s'; there is no such file or folder.");
    assertRefused(
        Files.createDirectories(folder.resolve("empty")),
        "models.replay is '%s'; the folder holds no recording.");
  }

  private void assertRefused(Path place, String message) {
    assertThatThrownBy(() -> Recordings.of(config(place)))
        .isInstanceOf(AgentOsException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION)
        .hasMessage(message, place);
  }

  private Path tape(String name, String digest) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        apiVersion: agentos.io/v1
        kind: Recording
        metadata: {name: %s}
        spec: {%sturns: [{text: Fine.}]}
        """
            .formatted(name, digest));
  }

  private Config config(Path replay) {
    return config(List.of(new Flag("--replay", "models.replay", replay.toString())));
  }

  private Config config(List<Flag> flags) {
    return new ConfigLoader(Map.of("OPENAI_API_KEY", "never-used"), folder, folder)
        .load(null, flags);
  }

  private static LlmAgent llm(PackDefinition pack) {
    return pack.agents().stream()
        .map(AgentDefinition::body)
        .filter(LlmAgent.class::isInstance)
        .map(LlmAgent.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
