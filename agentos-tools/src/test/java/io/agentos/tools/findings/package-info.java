/** Tests of the package, and what tests of the checking tools read their results with. */
@NullMarked
package io.agentos.tools.findings;

import org.jspecify.annotations.NullMarked;
