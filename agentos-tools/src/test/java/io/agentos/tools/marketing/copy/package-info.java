/** Tests of reading copy. */
@NullMarked
package io.agentos.tools.marketing.copy;

import org.jspecify.annotations.NullMarked;
