package io.agentos.tools.kubernetes;

import io.agentos.tools.kubernetes.Resource.Told;

/** Why the Pod Security Standards forbid what they forbid, and what to write instead. */
final class PodStandards {
  static final Told HOST =
      new Told(
          "pss-baseline-host",
          "The container sees or reaches what belongs to the node: its network, its processes, its"
              + " files. Whoever gets into it has the node.",
          "Take the setting out. What needs it (a node agent) runs in a namespace of its own that"
              + " allows it.");
  static final Told PRIVILEGED =
      new Told(
          "pss-baseline-privileged",
          "The container may do on the node what root may do.",
          "Take it out, and give the one capability that is needed, if any.");
  static final Told CONFINEMENT =
      new Told(
          "pss-baseline-confinement",
          "A protection that the runtime sets up by itself is switched off.",
          "Take the setting out, or set RuntimeDefault.");
  static final Told ROOT =
      new Told(
          "pss-restricted-root",
          "It may run as root: a fault in the runtime or a mounted file then gives root on the node.",
          "securityContext:\n  runAsNonRoot: true\n  runAsUser: 10001");
  static final Told ESCALATION =
      new Told(
          "pss-restricted-escalation",
          "A program in it can get more rights than it was started with, by a setuid file.",
          "securityContext:\n  allowPrivilegeEscalation: false");
  static final Told CAPABILITIES =
      new Told(
          "pss-restricted-capabilities",
          "It keeps rights of root that it does not need.",
          "securityContext:\n  capabilities:\n    drop: [ALL]");
  static final Told SECCOMP =
      new Told(
          "pss-restricted-seccomp",
          "It may call every function of the kernel, also those that break-outs use.",
          "securityContext:\n  seccompProfile:\n    type: RuntimeDefault");
  static final Told VOLUME =
      new Told(
          "pss-restricted-volume",
          "Volumes of this kind reach past what a pod needs.",
          "Use a persistentVolumeClaim, or a csi volume.");

  private PodStandards() {}
}
