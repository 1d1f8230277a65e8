/**
 * Applies the SQL of a schema to a throw-away database, as far as it says something about tables
 * and rights.
 *
 * <p>{@link io.agentos.tools.sql.schema.SchemaLoader} is the door. May import {@code
 * tools.sql.script}, {@code api}, the JDK, {@code java.sql} and the driver of PostgreSQL.
 */
@NullMarked
package io.agentos.tools.sql.schema;

import org.jspecify.annotations.NullMarked;
