/**
 * Merkle trees as in RFC 6962: roots and proofs by which an outsider sees that a log only grew.
 *
 * <p>Pure: no clock, no file, no database. May import nothing but the JDK.
 */
@NullMarked
package io.agentos.runtime.merkle;

import org.jspecify.annotations.NullMarked;
