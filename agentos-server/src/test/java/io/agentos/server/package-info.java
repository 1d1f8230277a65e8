/** Tests of the process as a whole: the launcher. */
@NullMarked
package io.agentos.server;

import org.jspecify.annotations.NullMarked;
