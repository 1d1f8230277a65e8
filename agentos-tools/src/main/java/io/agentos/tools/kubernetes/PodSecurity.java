package io.agentos.tools.kubernetes;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.kubernetes.Resource.Told;
import io.agentos.tools.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Pod Security Standards of Kubernetes, levels baseline (heavy) and restricted (medium), as the
 * documentation of v1.34 has them.
 */
final class PodSecurity {
  private static final Set<String> BASELINE_CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");
  private static final Set<String> SAFE_SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes");
  private static final Set<String> RESTRICTED_VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SELINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  private final Resource resource;
  private final YamlNode pod;
  private final boolean windows;
  private final List<Finding> found = new ArrayList<>();

  private PodSecurity(Resource resource, YamlNode pod) {
    this.resource = resource;
    this.pod = pod;
    this.windows = pod.text("os", "name").filter("windows"::equals).isPresent();
  }

  static List<Finding> findings(Resource resource, YamlNode pod) {
    PodSecurity security = new PodSecurity(resource, pod);
    security.pod();
    security.confinement(pod, "the pod");
    for (Container container : Container.all(pod)) {
      security.baseline(container);
      security.restricted(container);
    }
    return security.found;
  }

  private void high(int line, Told told, String what) {
    found.add(resource.finding(Severity.HIGH, line, told, what));
  }

  private void medium(int line, Told told, String what) {
    found.add(resource.finding(Severity.MEDIUM, line, told, what));
  }

  private void pod() {
    for (String name : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (pod.isTrue(name)) {
        high(pod.lineOf(name), PodStandards.HOST, "%s sets %s.".formatted(resource.title(), name));
      }
    }
    for (YamlNode volume : pod.items("volumes")) {
      volume(volume);
    }
    for (YamlNode sysctl : pod.items("securityContext", "sysctls")) {
      String name = sysctl.text("name").orElse("");
      if (!SAFE_SYSCTLS.contains(name)) {
        high(
            sysctl.line(),
            PodStandards.HOST,
            "%s sets %s, which acts on the whole node."
                .formatted(resource.title(), Words.code(name)));
      }
    }
    if (pod.isTrue("securityContext", "windowsOptions", "hostProcess")) {
      high(
          pod.lineOf("securityContext", "windowsOptions"),
          PodStandards.HOST,
          "%s runs as a process of the host.".formatted(resource.title()));
    }
  }

  private void volume(YamlNode volume) {
    String name = volume.text("name").orElse("");
    Map<String, YamlNode> members = volume.members();
    if (members.containsKey("hostPath")) {
      String path = volume.text("hostPath", "path").orElse("");
      high(
          volume.lineOf("hostPath"),
          PodStandards.HOST,
          "%s mounts %s of the node%s."
              .formatted(
                  resource.title(),
                  Words.code(path),
                  path.matches(".*(?:docker|containerd|crio)\\.sock")
                      ? ", which commands all containers"
                      : ""));
      return;
    }
    members.keySet().stream()
        .filter(kind -> !kind.equals("name") && !RESTRICTED_VOLUMES.contains(kind))
        .forEach(kind ->
            medium(
                volume.line(),
                PodStandards.VOLUME,
                "%s has the volume %s of kind %s."
                    .formatted(resource.title(), Words.code(name), Words.code(kind))));
  }

  private void confinement(YamlNode node, String whose) {
    if (node.text("securityContext", "seccompProfile", "type")
        .filter("Unconfined"::equals)
        .isPresent()) {
      high(
          node.lineOf("securityContext", "seccompProfile"),
          PodStandards.CONFINEMENT,
          "%s switches seccomp off for %s.".formatted(resource.title(), whose));
    }
    if (node.text("securityContext", "appArmorProfile", "type")
        .filter("Unconfined"::equals)
        .isPresent()) {
      high(
          node.lineOf("securityContext", "appArmorProfile"),
          PodStandards.CONFINEMENT,
          "%s switches AppArmor off for %s.".formatted(resource.title(), whose));
    }
    String type = node.text("securityContext", "seLinuxOptions", "type").orElse("");
    boolean user = node.at("securityContext", "seLinuxOptions", "user").isPresent();
    boolean role = node.at("securityContext", "seLinuxOptions", "role").isPresent();
    if (!SELINUX_TYPES.contains(type) || user || role) {
      high(
          node.lineOf("securityContext", "seLinuxOptions"),
          PodStandards.CONFINEMENT,
          "%s sets SELinux options of its own for %s.".formatted(resource.title(), whose));
    }
  }

  private void baseline(Container container) {
    YamlNode node = container.node();
    String whose = "container " + Words.code(container.name());
    confinement(node, whose);
    if (node.isTrue("securityContext", "privileged")) {
      high(
          node.lineOf("securityContext", "privileged"),
          PodStandards.PRIVILEGED,
          "%s runs its %s privileged.".formatted(resource.title(), whose));
    }
    capabilities(node, whose);
    ports(node, whose);
  }

  private void capabilities(YamlNode node, String whose) {
    for (YamlNode capability : node.items("securityContext", "capabilities", "add")) {
      String name = capability instanceof YamlNode.Scalar scalar ? scalar.text() : "";
      if (!BASELINE_CAPABILITIES.contains(name)) {
        high(
            capability.line(),
            PodStandards.PRIVILEGED,
            "%s adds the capability %s to its %s."
                .formatted(resource.title(), Words.code(name), whose));
      } else if (!name.equals("NET_BIND_SERVICE")) {
        medium(
            capability.line(),
            PodStandards.CAPABILITIES,
            "%s adds the capability %s to its %s."
                .formatted(resource.title(), Words.code(name), whose));
      }
    }
  }

  private void ports(YamlNode node, String whose) {
    for (YamlNode port : node.items("ports")) {
      if (port.number("hostPort").filter(number -> number != 0).isPresent()) {
        high(
            port.lineOf("hostPort"),
            PodStandards.HOST,
            "%s binds port %s of the node for its %s."
                .formatted(resource.title(), port.text("hostPort").orElse(""), whose));
      }
    }
    if (node.text("securityContext", "procMount")
        .filter(one -> !one.equals("Default"))
        .isPresent()) {
      high(
          node.lineOf("securityContext", "procMount"),
          PodStandards.CONFINEMENT,
          "%s unmasks /proc for its %s.".formatted(resource.title(), whose));
    }
  }

  private void restricted(Container container) {
    YamlNode node = container.node();
    String whose = "container " + Words.code(container.name());
    boolean nonRoot =
        node.isTrue("securityContext", "runAsNonRoot")
            || (pod.isTrue("securityContext", "runAsNonRoot")
                && !node.isFalse("securityContext", "runAsNonRoot"));
    boolean zero =
        node.number("securityContext", "runAsUser")
            .or(() -> pod.number("securityContext", "runAsUser"))
            .filter(user -> user == 0)
            .isPresent();
    if (zero || !nonRoot) {
      medium(
          node.lineOf("securityContext"),
          PodStandards.ROOT,
          "%s %s run its %s as root.".formatted(resource.title(), zero ? "says to" : "may", whose));
    }
    if (!windows) {
      rights(node, whose);
    }
  }

  private void rights(YamlNode node, String whose) {
    if (!node.isFalse("securityContext", "allowPrivilegeEscalation")) {
      medium(
          node.lineOf("securityContext"),
          PodStandards.ESCALATION,
          "%s does not forbid its %s to gain rights.".formatted(resource.title(), whose));
    }
    boolean dropsAll =
        node.items("securityContext", "capabilities", "drop").stream()
            .anyMatch(one -> one instanceof YamlNode.Scalar scalar && scalar.text().equals("ALL"));
    if (!dropsAll) {
      medium(
          node.lineOf("securityContext", "capabilities"),
          PodStandards.CAPABILITIES,
          "%s does not drop all capabilities of its %s.".formatted(resource.title(), whose));
    }
    boolean seccomp =
        node.at("securityContext", "seccompProfile", "type").isPresent()
            || pod.at("securityContext", "seccompProfile", "type").isPresent();
    if (!seccomp) {
      medium(
          node.lineOf("securityContext"),
          PodStandards.SECCOMP,
          "%s sets no seccomp profile for its %s.".formatted(resource.title(), whose));
    }
  }
}
