/**
 * A mail server for tests.
 *
 * <p>May import {@code api}, the JDK and SubEthaSMTP.
 */
@NullMarked
package io.agentos.testkit.mail;

import org.jspecify.annotations.NullMarked;
