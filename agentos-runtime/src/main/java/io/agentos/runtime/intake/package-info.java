/**
 * The one way in: requests become tasks, whoever asks. Imports state, durable, audit, store and
 * api.
 */
@NullMarked
package io.agentos.runtime.intake;

import org.jspecify.annotations.NullMarked;
