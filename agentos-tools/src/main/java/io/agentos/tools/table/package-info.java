/**
 * Tables of comma-separated values, as spreadsheets write them, with the lines of their rows.
 *
 * <p>May import {@code api}, {@code tools.report}, FastCSV and the JDK.
 */
@NullMarked
package io.agentos.tools.table;

import org.jspecify.annotations.NullMarked;
