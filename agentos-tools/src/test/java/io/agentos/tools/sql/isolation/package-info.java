/** Tests of the lint of tenants' isolation. */
@NullMarked
package io.agentos.tools.sql.isolation;

import org.jspecify.annotations.NullMarked;
