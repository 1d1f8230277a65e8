/** Tests of the configuration. */
@NullMarked
package io.agentos.server.config;

import org.jspecify.annotations.NullMarked;
