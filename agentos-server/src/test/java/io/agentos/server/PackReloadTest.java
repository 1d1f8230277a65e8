package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.policy.PolicyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs are taken as their files are, and bad files change nothing. */
final class PackReloadTest {
  private static final String PACK =
      """
      apiVersion: agentos.io/v1
      kind: Pack
      metadata: {name: hall, version: %s, description: Greets}
      spec: {agents: [clerk]}
      """;

  private static final String AGENT =
      """
      apiVersion: agentos.io/v1
      kind: Agent
      metadata: {name: clerk, description: Greets}
      spec:
        type: workflow
        zone: green
        steps:
          - {name: say, template: hello}
      """;

  private static final String POLICY =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: own, description: Lets them work}
      spec:
        rules:
          - {name: permit, effect: %s, match: {packs: ["*"]}, reason: "They may."}
      """;

  @TempDir Path root;
  private final AtomicReference<List<PackDefinition>> packs = new AtomicReference<>(List.of());
  private PackReload reload;

  @BeforeEach
  void begin() throws IOException {
    write("packs/hall/pack.yaml", PACK.formatted("1.0.0"));
    write("packs/hall/agents/clerk.yaml", AGENT);
    write("policies/own.yaml", POLICY.formatted("permit"));
    Definitions started = load();
    packs.set(started.packs());
    reload = new PackReload(started, this::load, List.of(root.resolve("packs")), packs::set);
  }

  private Definitions load() {
    List<PackDefinition> packs = PackLoader.load(root.resolve("packs"));
    PackLoader.checkTogether(packs);
    return new Definitions(
        packs, PolicyLoader.load(root.resolve("policies")), List.of(), Catalogue.EMPTY);
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private List<String> versions() {
    return packs.get().stream().map(pack -> pack.name() + " " + pack.version()).toList();
  }

  @Test
  void changedFiles_areTaken() throws IOException {
    write("packs/hall/pack.yaml", PACK.formatted("1.10.0"));
    reload.look();
    assertThat(versions()).containsExactly("hall 1.10.0");

    write("packs/porch/pack.yaml", PACK.formatted("2.0.0").replace("hall", "porch"));
    write("packs/porch/agents/clerk.yaml", AGENT);
    reload.look();
    assertThat(versions()).containsExactly("hall 1.10.0", "porch 2.0.0");
  }

  @Test
  void sameFiles_areNotReadAgain() {
    List<PackDefinition> before = packs.get();
    reload.look();
    assertThat(packs.get()).isSameAs(before);
  }

  @Test
  void badFiles_changeNothing_untilTheyAreMended() throws IOException {
    write("packs/hall/agents/clerk.yaml", AGENT.replace("zone: green", "zone: blue"));
    reload.look();
    assertThat(versions()).containsExactly("hall 1.0.0");

    write("packs/hall/agents/clerk.yaml", AGENT);
    write("packs/hall/pack.yaml", PACK.formatted("1.0.1-b"));
    reload.look();
    assertThat(versions()).containsExactly("hall 1.0.1-b");
  }

  @Test
  void otherPolicies_areNotTakenWithThem() throws IOException {
    write("policies/own.yaml", POLICY.formatted("forbid"));
    write("packs/hall/pack.yaml", PACK.formatted("1.10.0"));
    reload.look();
    assertThat(versions()).containsExactly("hall 1.0.0");
  }
}
