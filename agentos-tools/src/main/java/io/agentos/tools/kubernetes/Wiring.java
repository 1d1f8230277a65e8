package io.agentos.tools.kubernetes;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.kubernetes.Resource.Told;
import io.agentos.tools.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How objects fit together: selectors, versions of the API, names, and who is kept out. */
final class Wiring {
  /** API versions that are no longer served, by kind, with since when and what to write instead. */
  private static final Map<String, String> REMOVED =
      Map.ofEntries(
          Map.entry("extensions/v1beta1 Ingress", "1.22, networking.k8s.io/v1"),
          Map.entry("networking.k8s.io/v1beta1 Ingress", "1.22, networking.k8s.io/v1"),
          Map.entry("extensions/v1beta1 Deployment", "1.16, apps/v1"),
          Map.entry("extensions/v1beta1 DaemonSet", "1.16, apps/v1"),
          Map.entry("extensions/v1beta1 ReplicaSet", "1.16, apps/v1"),
          Map.entry("extensions/v1beta1 NetworkPolicy", "1.16, networking.k8s.io/v1"),
          Map.entry("apps/v1beta1 Deployment", "1.16, apps/v1"),
          Map.entry("apps/v1beta1 StatefulSet", "1.16, apps/v1"),
          Map.entry("apps/v1beta2 Deployment", "1.16, apps/v1"),
          Map.entry("apps/v1beta2 StatefulSet", "1.16, apps/v1"),
          Map.entry("apps/v1beta2 DaemonSet", "1.16, apps/v1"),
          Map.entry("batch/v1beta1 CronJob", "1.25, batch/v1"),
          Map.entry("policy/v1beta1 PodDisruptionBudget", "1.25, policy/v1"),
          Map.entry("policy/v1beta1 PodSecurityPolicy", "1.25, Pod Security Admission"),
          Map.entry("rbac.authorization.k8s.io/v1beta1 Role", "1.22, rbac.authorization.k8s.io/v1"),
          Map.entry(
              "rbac.authorization.k8s.io/v1beta1 ClusterRole",
              "1.22, rbac.authorization.k8s.io/v1"),
          Map.entry(
              "rbac.authorization.k8s.io/v1beta1 RoleBinding",
              "1.22, rbac.authorization.k8s.io/v1"),
          Map.entry(
              "rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding",
              "1.22, rbac.authorization.k8s.io/v1"),
          Map.entry("autoscaling/v2beta1 HorizontalPodAutoscaler", "1.25, autoscaling/v2"),
          Map.entry("autoscaling/v2beta2 HorizontalPodAutoscaler", "1.26, autoscaling/v2"));

  private static final Told VERSION =
      new Told(
          "api-removed",
          "A cluster of that version or newer refuses the object.",
          "Write the newer apiVersion, and look at the fields that changed with it.");
  private static final Told TWICE =
      new Told(
          "defined-twice",
          "The later one silently replaces the earlier.",
          "Keep one, or give them different names or namespaces.");
  private static final Told SELECTOR =
      new Told(
          "selector-differs",
          "The API server refuses it, or it looks for pods that it does not make.",
          "Let selector.matchLabels be part of the labels of the template.");
  private static final Told NOBODY =
      new Told(
          "service-without-pods",
          "Every request to the service fails.",
          "Let the selector be the labels of the pods, in the same namespace.");
  private static final Told SINGLE =
      new Told(
          "single-replica",
          "Each release and each drained node is an outage.",
          "replicas: 2   # or more, spread by topologySpreadConstraints");
  private static final Told BUDGET =
      new Told(
          "no-disruption-budget",
          "When nodes are drained, all replicas may be ended at once.",
          "A PodDisruptionBudget with maxUnavailable: 1 for these labels.");
  private static final Told OPEN =
      new Told(
          "no-network-policy",
          "Every pod of the cluster reaches these pods: whoever gets into one gets on to all.",
          "A NetworkPolicy that denies all, and one for each way that is needed.");

  private final List<Resource> resources;
  private final List<Finding> found = new ArrayList<>();

  private Wiring(List<Resource> resources) {
    this.resources = resources;
  }

  static List<Finding> findings(List<Resource> resources) {
    Wiring wiring = new Wiring(resources);
    wiring.names();
    for (Resource resource : resources) {
      String removed = REMOVED.get(resource.apiVersion() + " " + resource.kind());
      if (removed != null) {
        wiring.add(
            Severity.HIGH,
            resource,
            resource.root().lineOf("apiVersion"),
            VERSION,
            "%s uses %s, which is not served since Kubernetes %s."
                .formatted(
                    resource.title(),
                    Words.code(resource.apiVersion()),
                    removed.replace(", ", "; write ")));
      }
      switch (resource.kind()) {
        case "Service" -> wiring.service(resource);
        case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet" -> wiring.workload(resource);
        default -> {
          // Nothing to fit.
        }
      }
    }
    wiring.network();
    return wiring.found;
  }

  private void add(Severity severity, Resource resource, int line, Told told, String what) {
    found.add(resource.finding(severity, line, told, what));
  }

  private void names() {
    Map<String, Resource> seen = new HashMap<>();
    for (Resource resource : resources) {
      String group = resource.apiVersion().replaceFirst("/.*", "");
      String key =
          group + "\0" + resource.kind() + "\0" + resource.namespace() + "\0" + resource.name();
      Resource first = seen.putIfAbsent(key, resource);
      if (first != null && resource.root().at("metadata", "name").isPresent()) {
        add(
            Severity.HIGH,
            resource,
            resource.root().line(),
            TWICE,
            "%s is there already, at %s."
                .formatted(resource.title(), first.place(first.root().line()).text()));
      }
    }
  }

  private void service(Resource service) {
    Map<String, String> selector = Resource.texts(service.root().members("spec", "selector"));
    boolean workloads = resources.stream().anyMatch(one -> one.podSpec().isPresent());
    boolean matched =
        resources.stream()
            .filter(one -> one.podSpec().isPresent())
            .filter(one -> one.namespace().equals(service.namespace()))
            .anyMatch(one -> one.podLabels().entrySet().containsAll(selector.entrySet()));
    if (workloads && !selector.isEmpty() && !matched) {
      add(
          Severity.MEDIUM,
          service,
          service.root().lineOf("spec", "selector"),
          NOBODY,
          "%s selects %s, and no pod here has these labels."
              .formatted(service.title(), Words.code(selector.toString())));
    }
  }

  private void workload(Resource workload) {
    YamlNode root = workload.root();
    Map<String, String> selector = Resource.texts(root.members("spec", "selector", "matchLabels"));
    if (!workload.podLabels().entrySet().containsAll(selector.entrySet())) {
      add(
          Severity.HIGH,
          workload,
          root.lineOf("spec", "selector"),
          SELECTOR,
          "%s selects %s, and its template has %s."
              .formatted(
                  workload.title(),
                  Words.code(selector.toString()),
                  Words.code(workload.podLabels().toString())));
    }
    if (workload.kind().equals("Deployment")) {
      replicas(workload);
    }
  }

  private void replicas(Resource workload) {
    YamlNode root = workload.root();
    long replicas = root.number("spec", "replicas").orElse(1L);
    boolean scaled =
        resources.stream()
            .anyMatch(one ->
                one.kind().equals("HorizontalPodAutoscaler")
                    && one.root()
                        .text("spec", "scaleTargetRef", "name")
                        .filter(workload.name()::equals)
                        .isPresent());
    if (replicas == 1 && !scaled) {
      add(
          Severity.LOW,
          workload,
          root.lineOf("spec", "replicas"),
          SINGLE,
          "%s runs one replica.".formatted(workload.title()));
    } else if (replicas > 1 && !hasBudget(workload)) {
      add(
          Severity.LOW,
          workload,
          root.line(),
          BUDGET,
          "%s runs %d replicas without a disruption budget.".formatted(workload.title(), replicas));
    }
  }

  private boolean hasBudget(Resource workload) {
    return resources.stream()
        .filter(one -> one.kind().equals("PodDisruptionBudget"))
        .filter(one -> one.namespace().equals(workload.namespace()))
        .map(one -> Resource.texts(one.root().members("spec", "selector", "matchLabels")))
        .anyMatch(labels -> workload.podLabels().entrySet().containsAll(labels.entrySet()));
  }

  private void network() {
    Set<String> guarded = new TreeSet<>();
    resources.stream()
        .filter(one -> one.kind().equals("NetworkPolicy"))
        .forEach(one -> guarded.add(one.namespace()));
    Set<String> told = new TreeSet<>();
    for (Resource one : resources) {
      if (one.isLongRunning() && !guarded.contains(one.namespace()) && told.add(one.namespace())) {
        add(
            Severity.LOW,
            one,
            one.root().line(),
            OPEN,
            "The namespace %s has pods and no network policy here."
                .formatted(Words.code(one.namespace())));
      }
    }
  }
}
