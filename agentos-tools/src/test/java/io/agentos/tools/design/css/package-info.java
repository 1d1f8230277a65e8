/** Tests of reading style sheets. */
@NullMarked
package io.agentos.tools.design.css;

import org.jspecify.annotations.NullMarked;
