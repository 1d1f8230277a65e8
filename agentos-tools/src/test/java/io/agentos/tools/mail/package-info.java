/** Tests of the tool that sends e-mail. */
@NullMarked
package io.agentos.tools.mail;

import org.jspecify.annotations.NullMarked;
