package io.agentos.runtime.policy;

import java.util.Locale;

/**
 * Where a policy comes from. The rules of all layers are in force together: a later layer adds and
 * never takes away.
 */
public enum Layer {
  /** The files of the installation. */
  BASE,
  /** The files of a pack, about that pack alone. */
  PACK,
  /** The files of where the installation stands; may say what base may. */
  ENVIRONMENT,
  /** The documents of a tenant, which only tighten. */
  TENANT;

  /** As documents and callers write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
