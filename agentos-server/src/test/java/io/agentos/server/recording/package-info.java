/** Tests of recordings of tasks. */
@NullMarked
package io.agentos.server.recording;

import org.jspecify.annotations.NullMarked;
