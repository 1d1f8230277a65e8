/** Tests of the tools that call web servers. */
@NullMarked
package io.agentos.tools.http;

import org.jspecify.annotations.NullMarked;
