/**
 * The command line: every verb is a client of the HTTP API, {@code run} too. {@link Cli} is its
 * door.
 *
 * <p>May import {@code api}, {@code config}, the runtime's {@code json}, {@code recording},
 * Jackson's trees and picocli; never the server, which it is handed as a {@link ServerStarter}.
 */
@NullMarked
package io.agentos.server.cli;

import org.jspecify.annotations.NullMarked;
