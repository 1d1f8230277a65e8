package io.agentos.server;

import io.agentos.runtime.definitions.EvalDefinition;
import io.agentos.runtime.definitions.EvalLoader;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.GateLoader;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.server.cli.PackCheck;
import io.agentos.server.config.BuiltIn;
import java.nio.file.Path;
import java.util.List;

/** Packs in folders, read without a server, with the gates that are built in. Thread-safe. */
final class PackFolderCheck implements PackCheck {
  @Override
  public String check(Path folder) {
    PackDefinition pack = pack(folder);
    List<EvalDefinition> evals = EvalLoader.load(folder, pack);
    String found =
        "%s %s, %s".formatted(pack.name(), pack.version(), count(pack.agents(), "agent"));
    List<EvalDefinition.Case> cases =
        evals.stream().flatMap(eval -> eval.cases().stream()).toList();
    return cases.isEmpty() ? found : found + ", " + count(cases, "golden task");
  }

  @Override
  public List<String> rehash(Path folder) {
    return EvalLoader.rehash(folder, pack(folder));
  }

  private static PackDefinition pack(Path folder) {
    return PackLoader.loadPack(folder, builtInGates());
  }

  private static List<GateDefinition> builtInGates() {
    try (BuiltIn builtIn = BuiltIn.open(System.getenv())) {
      return GateLoader.load(List.of(builtIn.folder("gates")));
    }
  }

  private static String count(List<?> things, String name) {
    return "%d %s%s".formatted(things.size(), name, things.size() == 1 ? "" : "s");
  }
}
