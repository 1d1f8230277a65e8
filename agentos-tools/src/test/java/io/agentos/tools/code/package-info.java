/** Tests of the code scout on sources of many languages and on real repositories. */
@NullMarked
package io.agentos.tools.code;

import org.jspecify.annotations.NullMarked;
