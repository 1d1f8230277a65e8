package io.agentos.runtime.store;

import io.agentos.api.TenantId;
import java.util.function.Function;

/** A way to run work in one transaction of a tenant: one of the pools of {@link Database}. */
@FunctionalInterface
public interface Transactions {
  /** Runs {@code work} in one transaction that sees and writes rows of {@code tenant} alone. */
  <T> T run(TenantId tenant, Function<Tx, T> work);
}
