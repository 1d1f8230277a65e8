package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import java.nio.file.Path;

/** What a node keeps of one tenant's log outside of the database. */
record KeptFiles(Path folder, TenantId tenant) {

  /** All hashes of the tree. */
  Path tree() {
    return folder.resolve(tenant.value() + ".tree");
  }

  /** The same while it is built again. */
  Path treeAnew() {
    return folder.resolve(tenant.value() + ".tree.new");
  }

  /** The checkpoints, one note after the other. */
  Path checkpoints() {
    return folder.resolve(tenant.value() + ".txt");
  }

  /** What the checkpoints are checked with. */
  Path verifier() {
    return folder.resolve(tenant.value() + ".pub");
  }
}
