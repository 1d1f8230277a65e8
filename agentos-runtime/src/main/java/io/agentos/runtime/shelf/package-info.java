/**
 * The packs there are, and which of them a tenant has enabled. Imports definitions, audit, store
 * and api.
 */
@NullMarked
package io.agentos.runtime.shelf;

import org.jspecify.annotations.NullMarked;
