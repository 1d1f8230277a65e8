/**
 * Holds a document of product requirements against what makes requirements good, after ISO/IEC/IEEE
 * 29148:2018. {@link io.agentos.tools.product.prd.PrdCheck} is the door.
 *
 * <p>May import {@code api}, {@code tools.report} and the JDK.
 */
@NullMarked
package io.agentos.tools.product.prd;

import org.jspecify.annotations.NullMarked;
