package io.agentos.runtime.durable;

import io.agentos.api.Ids;
import java.util.UUID;

/**
 * Who this process is among those that run tasks. A node that was declared dead comes back under
 * another id, so that what it wrote before can never be taken for what it writes now.
 *
 * <p>Thread-safe.
 */
public final class NodeIdentity {
  private volatile UUID id = Ids.next();

  /** The id under which this process claims and writes now. */
  public UUID id() {
    return id;
  }

  void renew() {
    id = Ids.next();
  }
}
