/**
 * Holds design tokens against the Design Tokens Format Module 2025.10 of the W3C community group,
 * and a style sheet against the tokens. {@link io.agentos.tools.design.tokens.TokenLint} is the
 * door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code design.css}, {@code design.color},
 * Jackson and the JDK.
 */
@NullMarked
package io.agentos.tools.design.tokens;

import org.jspecify.annotations.NullMarked;
