/**
 * Google's Gemini API: {@code generateContent} and {@code streamGenerateContent}.
 *
 * <p>May import {@code api}, {@code spi}, {@code adapters.http}, Jackson and the JDK.
 */
@NullMarked
package io.agentos.adapters.gemini;

import org.jspecify.annotations.NullMarked;
