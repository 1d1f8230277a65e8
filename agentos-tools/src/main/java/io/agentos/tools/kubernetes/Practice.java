package io.agentos.tools.kubernetes;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.kubernetes.Resource.Told;
import io.agentos.tools.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Good practice for pods: images, resources, probes, secrets. */
final class Practice {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(?:password|passwd|secret|token|api_?key|private_?key|credential).*");
  private static final Told IMAGE =
      new Told(
          "image-not-fixed",
          "What runs changes without a change of the manifest: nodes differ, and going back is"
              + " impossible.",
          "Name a version, best with its digest: image: name:1.2.3@sha256:…");
  private static final Told MEMORY =
      new Told(
          "no-memory-limit",
          "One container that leaks takes the memory of all others on the node.",
          "resources:\n  requests: {cpu: 100m, memory: 128Mi}\n  limits: {memory: 256Mi}");
  private static final Told REQUESTS =
      new Told(
          "no-requests",
          "The scheduler does not know what it needs: nodes are overfull, and it is ended first when"
              + " memory is short.",
          "resources:\n  requests: {cpu: 100m, memory: 128Mi}");
  private static final Told READY =
      new Told(
          "no-readiness-probe",
          "Requests arrive before it can answer them: each release loses some.",
          "readinessProbe:\n  httpGet: {path: /ready, port: http}\n  periodSeconds: 5");
  private static final Told LIVE =
      new Told(
          "no-liveness-probe",
          "A process that hangs stays until somebody notices.",
          "livenessProbe:\n  httpGet: {path: /live, port: http}\n  failureThreshold: 3");
  private static final Told SAME =
      new Told(
          "probes-alike",
          "When what the probe asks is slow, the container is restarted instead of spared: overload"
              + " becomes an outage.",
          "Let liveness ask only whether the process still works, or give it a far higher"
              + " failureThreshold.");
  private static final Told PLAIN =
      new Told(
          "secret-in-env",
          "Whoever reads the manifest, its repository or kubectl describe has it.",
          "valueFrom:\n  secretKeyRef: {name: NAME, key: KEY}\n# and change the secret that was here");
  private static final Told WRITABLE =
      new Told(
          "root-filesystem-writable",
          "Whoever gets in can put programs there.",
          "securityContext:\n  readOnlyRootFilesystem: true\n# with an emptyDir for what it writes");
  private static final Told ACCOUNT =
      new Told(
          "service-account-token",
          "The pod carries a key to the cluster's API that it does not ask for.",
          "automountServiceAccountToken: false");

  private final Resource resource;
  private final List<Finding> found = new ArrayList<>();

  private Practice(Resource resource) {
    this.resource = resource;
  }

  static List<Finding> findings(Resource resource, YamlNode pod) {
    Practice practice = new Practice(resource);
    for (Container container : Container.all(pod)) {
      practice.image(container);
      practice.resources(container);
      practice.environment(container);
      practice.writable(container);
      if (!container.init() && resource.isLongRunning()) {
        practice.probes(container);
      }
    }
    boolean own =
        pod.text("serviceAccountName").filter(name -> !name.equals("default")).isPresent();
    if (!own && !pod.isFalse("automountServiceAccountToken")) {
      practice.add(
          Severity.LOW,
          pod.line(),
          ACCOUNT,
          "%s gets the token of the default service account.".formatted(resource.title()));
    }
    return practice.found;
  }

  private void add(Severity severity, int line, Told told, String what) {
    found.add(resource.finding(severity, line, told, what));
  }

  private String of(Container container) {
    return "The container %s of %s".formatted(Words.code(container.name()), resource.title());
  }

  private void image(Container container) {
    String image = container.node().text("image").orElse("");
    int slash = image.lastIndexOf('/');
    int colon = image.indexOf(':', Math.max(slash, 0));
    boolean fixed = image.contains("@sha256:");
    String tag = colon < 0 ? "" : image.substring(colon + 1);
    if (!fixed && (tag.isEmpty() || tag.equals("latest"))) {
      add(
          Severity.MEDIUM,
          container.node().lineOf("image"),
          IMAGE,
          "%s takes %s."
              .formatted(of(container), image.isEmpty() ? "no image" : Words.code(image)));
    }
  }

  private void resources(Container container) {
    YamlNode node = container.node();
    int line = node.lineOf("resources");
    if (node.at("resources", "limits", "memory").isEmpty()) {
      add(Severity.MEDIUM, line, MEMORY, "%s has no limit of memory.".formatted(of(container)));
    }
    boolean limits =
        node.at("resources", "limits", "cpu").isPresent()
            && node.at("resources", "limits", "memory").isPresent();
    boolean requests =
        node.at("resources", "requests", "cpu").isPresent()
            && node.at("resources", "requests", "memory").isPresent();
    if (!requests && !limits) {
      add(
          Severity.MEDIUM,
          line,
          REQUESTS,
          "%s does not say how much CPU and memory it needs.".formatted(of(container)));
    }
  }

  private void environment(Container container) {
    for (YamlNode variable : container.node().items("env")) {
      String name = variable.text("name").orElse("");
      String value = variable.text("value").orElse("");
      boolean reference = value.startsWith("$(") || value.startsWith("/") || value.contains("://");
      if (SECRET.matcher(name).matches() && !value.isBlank() && !reference) {
        add(
            Severity.HIGH,
            variable.line(),
            PLAIN,
            "%s has the value of %s in the manifest.".formatted(of(container), Words.code(name)));
      }
    }
  }

  private void writable(Container container) {
    if (!container.node().isTrue("securityContext", "readOnlyRootFilesystem")) {
      add(
          Severity.LOW,
          container.node().lineOf("securityContext"),
          WRITABLE,
          "%s can write to its own root file system.".formatted(of(container)));
    }
  }

  private void probes(Container container) {
    YamlNode node = container.node();
    boolean serves = !node.items("ports").isEmpty();
    if (node.at("readinessProbe").isEmpty() && serves) {
      add(
          Severity.MEDIUM,
          node.line(),
          READY,
          "%s serves on a port and has no readiness probe.".formatted(of(container)));
    }
    if (node.at("livenessProbe").isEmpty()) {
      add(Severity.LOW, node.line(), LIVE, "%s has no liveness probe.".formatted(of(container)));
    } else if (asked(node, "livenessProbe").equals(asked(node, "readinessProbe"))
        && !node.at("livenessProbe", "failureThreshold").isPresent()) {
      add(
          Severity.LOW,
          node.lineOf("livenessProbe"),
          SAME,
          "%s is asked the same for liveness as for readiness.".formatted(of(container)));
    }
  }

  /** What a probe asks, without its lines. */
  private static String asked(YamlNode node, String probe) {
    StringBuilder text = new StringBuilder();
    for (String kind : List.of("httpGet", "tcpSocket", "grpc", "exec")) {
      text.append(Resource.texts(node.members(probe, kind)));
      node.items(probe, kind, "command")
          .forEach(item -> text.append(item instanceof YamlNode.Scalar one ? one.text() : "?"));
    }
    return text.toString();
  }
}
