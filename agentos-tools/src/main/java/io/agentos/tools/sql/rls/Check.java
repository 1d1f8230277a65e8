package io.agentos.tools.sql.rls;

import java.util.stream.Stream;

/** Looks for one kind of fault. A pure function of the catalog. */
interface Check {
  Stream<Finding> findings(Catalog catalog);
}
