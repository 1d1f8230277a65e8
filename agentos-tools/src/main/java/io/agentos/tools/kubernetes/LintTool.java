package io.agentos.tools.kubernetes;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tool {@code kubernetes.lint}. */
final class LintTool implements Tool {
  private static final String MANIFEST = "manifest";
  private static final GivenText.Kind TEXT =
      new GivenText.Kind("the manifest", List.of(".yaml", ".yml", ".json"), 4 * 1024 * 1024);

  private static final ToolSpec SPEC =
      WorkspaceTool.readOnly(
          "kubernetes.lint",
          "Checks Kubernetes manifests without a cluster: the Pod Security Standards (baseline and"
              + " restricted), removed API versions, rights, secrets, probes, resources, selectors and"
              + " more. Give either one manifest, of any number of documents, or a folder of them."
              + " Templates of Helm have to be rendered first.",
          InputSchema.empty()
              .text(
                  MANIFEST,
                  "YAML or JSON, or a file that ends in .yaml, .yml or .json",
                  TEXT.bytesMax())
              .text(InputSchema.FOLDER, "The folder, exactly as the user named it", 4_096),
          Duration.ofMinutes(2));

  private final Tool text;
  private final Tool folder;

  LintTool(FileRoots roots) {
    text =
        new TextTool(
            roots,
            SPEC,
            (arguments, texts) -> {
              GivenText given = texts.read(arguments.text(MANIFEST), TEXT);
              return lint(Manifests.ofText(given.name(), given.text()), given.name());
            });
    folder =
        new WorkspaceTool(
            roots,
            SPEC,
            (workspace, arguments) -> lint(Manifests.ofFolder(workspace), workspace.name()));
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    boolean ofFolder = arguments.optionalText(InputSchema.FOLDER).isPresent();
    boolean ofText = arguments.optionalText(MANIFEST).isPresent();
    if (ofFolder == ofText) {
      return ToolResult.failure("Give exactly one of manifest and folder.");
    }
    return (ofText ? text : folder).call(arguments, context);
  }

  private static ToolResult lint(Manifests manifests, String name) {
    List<Resource> resources = manifests.resources();
    if (resources.isEmpty() && manifests.unreadable().isEmpty()) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "Found no Kubernetes object: wanted YAML or JSON with apiVersion and kind. "
              + "Render templates first (helm template, kustomize build).");
    }
    List<Finding> findings = new ArrayList<>(manifests.unreadable());
    for (Resource resource : resources) {
      resource
          .podSpec()
          .ifPresent(pod -> {
            findings.addAll(PodSecurity.findings(resource, pod));
            findings.addAll(Practice.findings(resource, pod));
          });
      findings.addAll(AccessRules.findings(resource));
    }
    findings.addAll(Wiring.findings(resources));
    return report(manifests, name, findings);
  }

  private static ToolResult report(Manifests manifests, String name, List<Finding> findings) {
    List<Resource> resources = manifests.resources();
    Report report = new Report("Kubernetes lint" + (name.isEmpty() ? "" : ": " + name));
    report.findings(findings);
    Map<String, Integer> kinds = new TreeMap<>();
    resources.forEach(one -> kinds.merge(one.kind(), 1, Integer::sum));
    report.summary(
        "%s in %s. Pod Security Standard that all pods here meet: %s."
            .formatted(
                Words.count(resources.size(), "object"),
                Words.count(manifests.files(), "file"),
                level(findings)));
    report.table(
        "Objects",
        List.of("Kind", "Count"),
        kinds.entrySet().stream()
            .map(one -> List.of(Words.code(one.getKey()), String.valueOf(one.getValue())))
            .toList());
    report.field("objects", resources.size());
    report.field("kinds", kinds);
    report.field("pod_security_level", level(findings));
    manifests.notes().forEach(report::note);
    report.note("Pod Security Standards of Kubernetes 1.34; nothing was asked of a cluster.");
    return report.result();
  }

  private static String level(List<Finding> findings) {
    if (findings.stream().anyMatch(one -> one.rule().startsWith("pss-baseline"))) {
      return "privileged";
    }
    return findings.stream().anyMatch(one -> one.rule().startsWith("pss-restricted"))
        ? "baseline"
        : "restricted";
  }
}
