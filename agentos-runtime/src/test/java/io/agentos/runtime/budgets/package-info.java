/** Tests of budgets, on a real Postgres. */
@NullMarked
package io.agentos.runtime.budgets;

import org.jspecify.annotations.NullMarked;
