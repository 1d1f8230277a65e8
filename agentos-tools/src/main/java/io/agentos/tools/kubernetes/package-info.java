/**
 * Checking Kubernetes manifests against the Pod Security Standards and good practice, without a
 * cluster.
 *
 * <p>{@link io.agentos.tools.kubernetes.KubernetesTools} is the door. May import {@code
 * tools.yaml}, {@code tools.findings}, {@code tools.files}, {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.kubernetes;

import org.jspecify.annotations.NullMarked;
