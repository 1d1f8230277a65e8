/**
 * Checkpoints: what Postgres cannot forge. A node reads the audit log as it grows, keeps the hashes
 * of a Merkle tree over it in files of its own, and signs the tree's root every few seconds with a
 * key that the database never sees. Whoever has a checkpoint notices when the log was changed, cut
 * or written anew.
 *
 * <p>May import {@code api}, {@code spi}, {@code audit}, {@code store}, {@code json} and {@code
 * merkle}.
 */
@NullMarked
package io.agentos.runtime.checkpoints;

import org.jspecify.annotations.NullMarked;
