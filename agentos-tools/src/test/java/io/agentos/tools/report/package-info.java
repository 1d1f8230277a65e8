/** Tests of what tools that look something over have in common. */
@NullMarked
package io.agentos.tools.report;

import org.jspecify.annotations.NullMarked;
