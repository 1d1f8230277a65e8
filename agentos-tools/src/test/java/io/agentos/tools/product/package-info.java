/** Tests of the tools about backlogs and requirements. */
@NullMarked
package io.agentos.tools.product;

import org.jspecify.annotations.NullMarked;
