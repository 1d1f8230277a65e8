/** Tests of the checkpoints, on a real Postgres whose superuser changes what it likes. */
@NullMarked
package io.agentos.runtime.checkpoints;

import org.jspecify.annotations.NullMarked;
