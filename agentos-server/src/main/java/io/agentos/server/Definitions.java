package io.agentos.server;

import io.agentos.api.AgentId;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.CatalogueLoader;
import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.DirectCalls;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.GateLoader;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.policy.Layer;
import io.agentos.runtime.policy.Policy;
import io.agentos.runtime.policy.PolicyLoader;
import io.agentos.server.config.BuiltIn;
import io.agentos.server.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packs, policies and models of this server: the built-in ones, then those of the
 * configuration. Gates are part of the agents before which they stand; those of the installation
 * stand before calls of single tools too.
 */
record Definitions(
    List<PackDefinition> packs,
    List<Policy> policies,
    List<GateDefinition> gates,
    Catalogue catalogue) {
  Definitions {
    packs = List.copyOf(packs);
    policies = List.copyOf(policies);
    gates = List.copyOf(gates);
  }

  /** Those of the configuration, with the recordings for models where there are any to play. */
  static Definitions load(Config config, BuiltIn builtIn, Recordings recordings) {
    List<GateDefinition> gates =
        GateLoader.load(with(builtIn.folder("gates"), config.gates().folders()));
    List<PackDefinition> packs = new ArrayList<>();
    List<Policy> ofPacks = new ArrayList<>();
    for (Path folder : packFolders(config, builtIn)) {
      for (PackDefinition pack : PackLoader.load(folder, gates)) {
        packs.add(recordings.in(pack));
        ofPacks.addAll(ofPack(folder, pack));
      }
    }
    PackLoader.checkTogether(packs);
    List<Policy> policies = new ArrayList<>(ofPacks);
    for (Path folder : with(builtIn.folder("policies"), config.policies().folders())) {
      policies.addAll(PolicyLoader.load(folder));
    }
    for (Path folder : config.policies().environment()) {
      policies.addAll(PolicyLoader.load(folder, Layer.ENVIRONMENT, ""));
    }
    return new Definitions(packs, policies, gates, recordings.in(catalogue(config, builtIn)));
  }

  /** The pack through which clients call these tools one by one. */
  PackDefinition directCalls(List<ToolSpec> tools) {
    return DirectCalls.pack(tools, gates);
  }

  /** The folders that packs are in: the built-in one, then those of the configuration. */
  static List<Path> packFolders(Config config, BuiltIn builtIn) {
    return with(builtIn.folder("packs"), config.packs().folders());
  }

  /** The agents that ask no model. */
  List<AgentId> agentsWithoutModel() {
    return packs.stream()
        .flatMap(pack -> pack.agents().stream())
        .filter(agent -> agent.body() instanceof WorkflowAgent)
        .map(AgentDefinition::id)
        .toList();
  }

  /** The policies that a pack brings along, about itself alone. */
  private static List<Policy> ofPack(Path packs, PackDefinition pack) {
    Path folder = packs.resolve(pack.name()).resolve("policies");
    return Files.isDirectory(folder)
        ? PolicyLoader.load(folder, Layer.PACK, pack.name())
        : List.of();
  }

  private static Catalogue catalogue(Config config, BuiltIn builtIn) {
    Catalogue catalogue =
        CatalogueLoader.load(with(builtIn.folder("models"), config.models().folders()));
    for (Map.Entry<String, Config.Provider> provider : config.providers().entrySet()) {
      Optional<String> model = provider.getValue().model();
      Optional<ExplicitPrice> price = provider.getValue().price();
      if (model.isPresent() && price.isPresent()) {
        catalogue = catalogue.with(provider.getKey(), model.get(), price.get());
      }
    }
    return catalogue;
  }

  private static List<Path> with(Path first, List<Path> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }
}
