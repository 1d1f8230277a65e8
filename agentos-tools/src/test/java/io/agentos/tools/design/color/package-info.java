/** Tests of colours and their contrast. */
@NullMarked
package io.agentos.tools.design.color;

import org.jspecify.annotations.NullMarked;
