package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.policy.Layer;
import io.agentos.runtime.policy.Policy;
import io.agentos.runtime.policy.PolicyCases;
import io.agentos.runtime.policy.PolicyLoader;
import io.agentos.server.cli.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Policies in files, read and tested without a server. Thread-safe. */
public final class PolicyFilesCheck implements PolicyFiles {
  @Override
  public String lint(Path file, boolean ofTenant) {
    List<Policy> policies =
        PolicyLoader.read(
            List.of(new PolicyLoader.Text(file.toString(), content(file))),
            ofTenant ? Layer.TENANT : Layer.BASE,
            "");
    int rules = policies.getFirst().rules().size();
    return "%s, %d %s".formatted(policies.getFirst().name(), rules, rules == 1 ? "rule" : "rules");
  }

  @Override
  public List<Outcome> test(Path file) {
    return PolicyCases.run(file.toString(), content(file), named -> text(file, named)).stream()
        .map(outcome -> new Outcome(outcome.name(), outcome.passed(), outcome.told()))
        .toList();
  }

  private static PolicyLoader.Text text(Path test, String named) {
    Path folder = test.toAbsolutePath().getParent();
    Path file = folder == null ? Path.of(named) : folder.resolve(named).normalize();
    return new PolicyLoader.Text(file.toString(), content(file));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AgentOsException(
          ErrorCode.INVALID_DEFINITION, "%s: cannot be read".formatted(file), e);
    }
  }
}
