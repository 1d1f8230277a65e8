package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import java.util.Optional;

/**
 * A key under the name of an installation; each tenant's log has the origin {@code NAME/TENANT}.
 *
 * @param name as in C2SP signed-note: no space, no plus
 */
record Signer(SigningKey key, String name) {

  String origin(TenantId tenant) {
    return name + "/" + tenant.value();
  }

  /** What others check the notes of a tenant's log with. */
  String verifier(TenantId tenant) {
    return key.verifier(origin(tenant));
  }

  String sign(Checkpoint checkpoint) {
    return key.sign(checkpoint.origin(), checkpoint.text());
  }

  /** The checkpoint in a note, when this key signed it for this tenant's log. */
  Optional<Checkpoint> own(TenantId tenant, String note) {
    return Checkpoint.of(note)
        .filter(found -> found.origin().equals(origin(tenant)))
        .filter(found -> key.made(found.origin(), note));
  }
}
