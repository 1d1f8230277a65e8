package io.agentos.tools.kubernetes;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.kubernetes.Resource.Told;
import io.agentos.tools.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who may do what: roles, bindings, secrets in files, and entries from outside. */
final class AccessRules {
  private static final Told WIDE =
      new Told(
          "rights-too-wide",
          "Whoever has this role has the namespace, or the cluster.",
          "Name the verbs and resources that are needed, such as verbs: [get, list].");
  private static final Told ESCALATES =
      new Told(
          "rights-escalate",
          "With these rights one can get all others: read keys, start any pod, or become somebody"
              + " else.",
          "Leave them to administrators; give get on single secrets by resourceNames.");
  private static final Told ADMIN =
      new Told(
          "bound-to-cluster-admin",
          "Whoever it is bound to may do everything everywhere; for a service account that is every"
              + " pod that runs with it.",
          "Bind a role with the rights that are needed, in the namespace where they are needed.");
  private static final Told SECRET =
      new Told(
          "secret-in-manifest",
          "Base64 hides nothing: whoever reads the repository has it, and it stays in the history.",
          "Keep secrets in a vault or sealed (External Secrets, Sealed Secrets, SOPS); change these.");
  private static final Told PLAIN =
      new Told(
          "ingress-without-tls",
          "Passwords and sessions travel readable.",
          "spec:\n  tls:\n    - hosts: [HOST]\n      secretName: NAME");
  private static final Told UNGUARDED =
      new Told(
          "namespace-not-enforced",
          "The cluster does not hold its pods to any of the Pod Security Standards.",
          "metadata:\n  labels:\n    pod-security.kubernetes.io/enforce: restricted");
  private static final Set<String> ESCALATING_VERBS = Set.of("escalate", "bind", "impersonate");

  private final List<Finding> found = new ArrayList<>();

  private AccessRules() {}

  static List<Finding> findings(Resource resource) {
    AccessRules rules = new AccessRules();
    YamlNode root = resource.root();
    switch (resource.kind()) {
      case "Role", "ClusterRole" -> root.items("rules").forEach(rule -> rules.rule(resource, rule));
      case "RoleBinding", "ClusterRoleBinding" -> rules.binding(resource);
      case "Secret" -> rules.secret(resource);
      case "Ingress" -> {
        if (root.items("spec", "tls").isEmpty()) {
          rules.add(
              resource,
              Severity.MEDIUM,
              root.lineOf("spec"),
              PLAIN,
              "%s serves without TLS.".formatted(resource.title()));
        }
      }
      case "Namespace" -> {
        if (root.at("metadata", "labels", "pod-security.kubernetes.io/enforce").isEmpty()) {
          rules.add(
              resource,
              Severity.LOW,
              root.lineOf("metadata"),
              UNGUARDED,
              "%s enforces no Pod Security Standard.".formatted(resource.title()));
        }
      }
      default -> {
        // Grants nothing.
      }
    }
    return rules.found;
  }

  private void add(Resource resource, Severity severity, int line, Told told, String what) {
    found.add(resource.finding(severity, line, told, what));
  }

  private void rule(Resource role, YamlNode rule) {
    List<String> verbs = texts(rule.items("verbs"));
    List<String> kinds = texts(rule.items("resources"));
    boolean all = verbs.contains("*") && kinds.contains("*");
    if (all || verbs.contains("*") || kinds.contains("*")) {
      add(
          role,
          all ? Severity.HIGH : Severity.MEDIUM,
          rule.line(),
          WIDE,
          "%s allows %s on %s."
              .formatted(
                  role.title(),
                  Words.code(String.join(", ", verbs)),
                  Words.code(String.join(", ", kinds))));
      return;
    }
    boolean secrets =
        kinds.contains("secrets")
            && verbs.stream().anyMatch(verb -> Set.of("get", "list", "watch").contains(verb))
            && rule.items("resourceNames").isEmpty();
    boolean pods =
        (kinds.contains("pods/exec") || kinds.contains("pods")) && verbs.contains("create");
    if (secrets || pods || verbs.stream().anyMatch(ESCALATING_VERBS::contains)) {
      add(
          role,
          Severity.MEDIUM,
          rule.line(),
          ESCALATES,
          "%s allows %s on %s."
              .formatted(
                  role.title(),
                  Words.code(String.join(", ", verbs)),
                  Words.code(String.join(", ", kinds))));
    }
  }

  private void binding(Resource binding) {
    if (!binding.root().text("roleRef", "name").orElse("").equals("cluster-admin")) {
      return;
    }
    List<String> subjects =
        binding.root().items("subjects").stream()
            .map(one -> one.text("kind").orElse("") + " " + one.text("name").orElse(""))
            .toList();
    add(
        binding,
        Severity.HIGH,
        binding.root().lineOf("roleRef"),
        ADMIN,
        "%s makes %s cluster-admin."
            .formatted(
                binding.title(), Words.list(subjects.stream().map(Words::code).toList(), 5)));
  }

  private void secret(Resource secret) {
    boolean holds =
        !secret.root().members("data").isEmpty() || !secret.root().members("stringData").isEmpty();
    if (holds) {
      add(
          secret,
          Severity.HIGH,
          secret.root().line(),
          SECRET,
          "%s stands in the manifest with its values.".formatted(secret.title()));
    }
  }

  private static List<String> texts(List<YamlNode> items) {
    return items.stream()
        .filter(YamlNode.Scalar.class::isInstance)
        .map(item -> ((YamlNode.Scalar) item).text())
        .toList();
  }
}
