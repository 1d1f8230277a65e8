/**
 * Definitions: the YAML documents of people, read strictly and turned into records.
 *
 * <p>{@link io.agentos.runtime.definitions.Definitions} reads any document, {@link
 * io.agentos.runtime.definitions.PackLoader} reads packs. A document is bounded in size, depth and
 * count of values, has no aliases and no tags, and must fit the JSON Schema of its kind, which lies
 * in {@code schemas/} for editors too. All problems of a file are told at once, each with file,
 * line, column, path, what was found and what is allowed.
 *
 * <p>The records go into the journal of a task: that pins a running task to the definition it began
 * with.
 *
 * <p>May import {@code api}, {@code json}, Jackson and the JSON Schema validator.
 */
@NullMarked
package io.agentos.runtime.definitions;

import org.jspecify.annotations.NullMarked;
