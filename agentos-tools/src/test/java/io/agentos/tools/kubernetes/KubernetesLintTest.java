package io.agentos.tools.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubernetesLintTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "devops");

  /** Meets the restricted standard and all good practice. */
  private static final String TIDY =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: a, namespace: n}
      spec:
        replicas: 2
        selector: {matchLabels: {app: a}}
        template:
          metadata: {labels: {app: a}}
          spec:
            automountServiceAccountToken: false
            securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: c
                image: r/a:1.0
                ports: [{containerPort: 80}]
                resources: {requests: {cpu: 1, memory: 1Gi}, limits: {memory: 1Gi}}
                readinessProbe: {httpGet: {path: /ready, port: 80}}
                livenessProbe: {httpGet: {path: /live, port: 80}}
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL]}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: a, namespace: n}
      spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: a, namespace: n}
      spec: {podSelector: {}}
      """;

  @TempDir Path folder;

  private static ToolResult lint(String manifest) {
    return Call.tool(
        KubernetesTools.tools(FileRoots.of(List.of(EXAMPLES))),
        "kubernetes.lint",
        "manifest",
        manifest);
  }

  private ToolResult lintFolder() {
    return Call.tool(
        KubernetesTools.tools(FileRoots.of(List.of(folder))),
        "kubernetes.lint",
        "folder",
        folder.toString());
  }

  @Test
  void example_everyFault_namedAndNothingElse() {
    ToolResult result = lint("kiosk.yaml");

    assertThat(Found.in(result))
        .containsExactly(
            "high api-removed kiosk.yaml:68",
            "high bound-to-cluster-admin kiosk.yaml:100",
            "high defined-twice kiosk.yaml:129",
            "high pss-baseline-host kiosk.yaml:22",
            "high pss-baseline-host kiosk.yaml:28",
            "high pss-baseline-host kiosk.yaml:56",
            "high pss-baseline-privileged kiosk.yaml:35",
            "high pss-baseline-privileged kiosk.yaml:37",
            "high rights-too-wide kiosk.yaml:89",
            "high secret-in-env kiosk.yaml:30",
            "high secret-in-manifest kiosk.yaml:76",
            "medium image-not-fixed kiosk.yaml:25",
            "medium ingress-without-tls kiosk.yaml:74",
            "medium no-memory-limit kiosk.yaml:24",
            "medium no-requests kiosk.yaml:24",
            "medium pss-restricted-capabilities kiosk.yaml:37",
            "medium pss-restricted-escalation kiosk.yaml:35",
            "medium pss-restricted-root kiosk.yaml:35",
            "medium pss-restricted-seccomp kiosk.yaml:35",
            "medium rights-escalate kiosk.yaml:92",
            "medium service-without-pods kiosk.yaml:64",
            "low namespace-not-enforced kiosk.yaml:7",
            "low no-disruption-budget kiosk.yaml:9",
            "low no-network-policy kiosk.yaml:9",
            "low probes-alike kiosk.yaml:38",
            "low root-filesystem-writable kiosk.yaml:35",
            "low service-account-token kiosk.yaml:22");
    assertThat(result.fields())
        .containsEntry("objects", 9)
        .containsEntry("pod_security_level", "privileged");
    assertThat(result.text()).doesNotContain("correct-horse").doesNotContain("not-a-real-key");
  }

  @Test
  void tidy_hasNothingToSayAndMeetsRestricted() {
    ToolResult result = lint(TIDY);

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.fields()).containsEntry("pod_security_level", "restricted");
  }

  @Test
  void baseline_eachControl_isFound() {
    assertThat(rules(TIDY.replace("      containers:", "      hostPID: true\n      containers:")))
        .containsExactly("pss-baseline-host");
    assertThat(
            rules(
                TIDY.replace(
                    "      containers:",
                    "      volumes: [{name: v, nfs: {server: s, path: /}}]\n      containers:")))
        .containsExactly("pss-restricted-volume");
    assertThat(rules(TIDY.replace("{type: RuntimeDefault}", "{type: Unconfined}")))
        .containsExactly("pss-baseline-confinement");
    assertThat(rules(TIDY.replace("drop: [ALL]", "drop: [ALL], add: [CHOWN]")))
        .containsExactly("pss-restricted-capabilities");
    assertThat(rules(TIDY.replace("runAsNonRoot: true,", "runAsNonRoot: true, runAsUser: 0,")))
        .containsExactly("pss-restricted-root");
    assertThat(
            rules(
                TIDY.replace(
                    "runAsNonRoot: true,",
                    "runAsNonRoot: true, sysctls: [{name: kernel.msgmax, value: '1'}],")))
        .containsExactly("pss-baseline-host");
    assertThat(rules(TIDY.replace("allowPrivilegeEscalation: false", "procMount: Unmasked")))
        .containsExactly("pss-baseline-confinement", "pss-restricted-escalation");
  }

  private static List<String> rules(String manifest) {
    return Found.in(lint(manifest)).stream().map(one -> one.split(" ", -1)[1]).toList();
  }

  @Test
  void windowsPods_areNotAskedForLinuxRights() {
    String manifest =
        TIDY.replace("      containers:", "      os: {name: windows}\n      containers:")
            .replace("            allowPrivilegeEscalation: false\n", "")
            .replace("            capabilities: {drop: [ALL]}\n", "");

    assertThat(rules(manifest)).isEmpty();
  }

  @Test
  void images_withPortsAndDigests_areUnderstood() {
    assertThat(rules(TIDY.replace("r/a:1.0", "registry:5000/a")))
        .containsExactly("image-not-fixed");
    assertThat(rules(TIDY.replace("r/a:1.0", "registry:5000/a:2"))).isEmpty();
    assertThat(rules(TIDY.replace("r/a:1.0", "r/a:latest@sha256:00"))).isEmpty();
  }

  @Test
  void lists_andJson_areUnderstood() {
    ToolResult result =
        lint(
            "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\","
                + " \"kind\": \"Secret\", \"metadata\": {\"name\": \"s\"}, \"data\": {\"a\": \"b\"}}]}");

    assertThat(Found.in(result)).containsExactly("high secret-in-manifest line 1");
  }

  @Test
  void selector_thatMissesItsTemplate_isFound() {
    assertThat(rules(TIDY.replace("metadata: {labels: {app: a}}", "metadata: {labels: {app: b}}")))
        .contains("selector-differs");
  }

  @Test
  void folder_brokenFilesAndTemplates_areToldOf() throws IOException {
    Files.writeString(folder.resolve("good.yaml"), TIDY);
    Files.writeString(folder.resolve("broken.yml"), "apiVersion: v1\nkind: [Pod\nname: x\n");
    Files.writeString(folder.resolve("values.yaml"), "replicas: 3\n");
    Files.writeString(
        folder.resolve("chart.yaml"), "apiVersion: v1\nkind: Pod\nname: {{- .Values.name }}\n");

    ToolResult result = lintFolder();

    assertThat(Found.in(result)).containsExactly("high unreadable broken.yml");
    assertThat(result.text())
        .contains("- chart.yaml is a template; render it (helm template) and check the result.");
  }

  @Test
  void broken_saysWhatIsWrong() {
    assertThat(lint("apiVersion: v1\nkind: Pod\n  name: x\n").text())
        .startsWith("Line 3 is not YAML that can be read: ");
    Found.assertFailure(
        lint("a: 1\n"),
        "Found no Kubernetes object: wanted YAML or JSON with apiVersion and kind. Render templates"
            + " first (helm template, kustomize build).");
  }
}
