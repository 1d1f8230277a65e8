/** Tests of the tools about pages, style sheets and design tokens. */
@NullMarked
package io.agentos.tools.design;

import org.jspecify.annotations.NullMarked;
