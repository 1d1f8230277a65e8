/**
 * Looking over a folder of source code without a model: {@code code.scout} finds languages, size,
 * hot spots, long functions, marks such as TODO, dependencies and tests, and says where to look
 * first.
 *
 * <p>It reads text and parses nothing fully: functions are found by their braces and indentation,
 * for many languages alike. May import {@code tools.files}, {@code tools.git}, {@code api}, {@code
 * spi}, Jackson and the JDK.
 */
@NullMarked
package io.agentos.tools.code;

import org.jspecify.annotations.NullMarked;
