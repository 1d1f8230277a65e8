/**
 * What a database is made of: tables, columns, keys, indexes, policies, views, functions and types,
 * read from its catalogs; and two looks at it, a documentation and an advice on indexes.
 *
 * <p>May import {@code tools.findings}, {@code tools.files}, {@code tools.sql.script}, {@code api},
 * Jackson, pgjdbc and the JDK.
 */
@NullMarked
package io.agentos.tools.sql.structure;

import org.jspecify.annotations.NullMarked;
