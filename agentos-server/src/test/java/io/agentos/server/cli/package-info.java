/** Tests of the command line, against a server that answers from a script. */
@NullMarked
package io.agentos.server.cli;

import org.jspecify.annotations.NullMarked;
