/** Tests of the tools about tests and their results. */
@NullMarked
package io.agentos.tools.qa;

import org.jspecify.annotations.NullMarked;
