/**
 * The tools that call web servers, by the one way out that a call is given. {@link
 * io.agentos.tools.http.HttpTools} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files} and Jackson.
 */
@NullMarked
package io.agentos.tools.http;

import org.jspecify.annotations.NullMarked;
