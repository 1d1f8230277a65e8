/** Tests of reading tables. */
@NullMarked
package io.agentos.tools.table;

import org.jspecify.annotations.NullMarked;
