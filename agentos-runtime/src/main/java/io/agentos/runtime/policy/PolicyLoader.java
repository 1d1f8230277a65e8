package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.definitions.Definitions;
import io.agentos.runtime.definitions.DocumentKind;
import io.agentos.runtime.definitions.Problems;
import io.agentos.runtime.definitions.Section;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads policies from YAML documents, strictly; conditions are compiled while they are read. */
public final class PolicyLoader {
  private PolicyLoader() {}

  /**
   * The policies of the base layer in the files {@code NAME.yaml} of {@code folder}; none of an
   * empty folder, which then denies everything.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all files, one a line
   */
  public static List<Policy> load(Path folder) {
    return load(folder, Layer.BASE, "");
  }

  /**
   * The policies of a layer in the files of {@code folder}.
   *
   * @param pack of the layer of packs, whose; else empty
   * @throws AgentOsException INVALID_DEFINITION with all problems of all files, one a line
   */
  public static List<Policy> load(Path folder, Layer layer, String pack) {
    Problems problems = new Problems();
    List<Policy> policies =
        policies(
            Definitions.readFolder(folder, DocumentKind.POLICY, problems), layer, pack, problems);
    problems.throwIfAny();
    return policies;
  }

  /** A document that lies in no folder. */
  public record Text(String file, String content) {}

  /**
   * The policies in these documents.
   *
   * @throws AgentOsException INVALID_DEFINITION with all problems of all documents, one a line
   */
  public static List<Policy> read(List<Text> texts, Layer layer, String pack) {
    Problems problems = new Problems();
    List<Section> documents = new ArrayList<>();
    for (Text text : texts) {
      Definitions.read(
              text.file(),
              text.content().getBytes(StandardCharsets.UTF_8),
              DocumentKind.POLICY,
              problems)
          .ifPresent(documents::add);
    }
    List<Policy> policies = policies(documents, layer, pack, problems);
    problems.throwIfAny();
    return policies;
  }

  private static List<Policy> policies(
      List<Section> documents, Layer layer, String pack, Problems problems) {
    List<Policy> policies = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section document : documents) {
      Section metadata = document.section("metadata");
      String name = metadata.text("name");
      if (!names.add(name)) {
        metadata.problem(
            "name",
            "found '%s', the name of another policy; allowed: each name once".formatted(name));
      }
      List<Rule> rules = rules(document.section("spec"), layer, pack);
      if (problems.count() == 0) {
        policies.add(
            new Policy(name, metadata.text("description"), layer, pack, document.file(), rules));
      }
    }
    return List.copyOf(policies);
  }

  private static List<Rule> rules(Section spec, Layer layer, String pack) {
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : spec.sections("rules")) {
      Rule rule = RuleReader.read(section);
      if (!names.add(rule.name())) {
        section.problem(
            "name", "found '%s' a second time; allowed: each name once".formatted(rule.name()));
      }
      RuleCheck.check(section, rule);
      LayerCheck.check(section, rule, layer, pack);
      rules.add(layer == Layer.PACK ? LayerCheck.confined(rule, pack) : rule);
    }
    return rules;
  }
}
