/**
 * The catalogue: which models there are, what they can do, and what they cost at any time. All of
 * it is data, one YAML document for each model; the code knows no model's name and no price.
 *
 * <p>Money is whole numbers. A rate is micros of a US dollar per million tokens, so tokens times
 * rate is pico-dollars (10<sup>-12</sup>), exactly; there is no floating point on the way.
 *
 * <p>May import {@code api} and {@code definitions}.
 */
@NullMarked
package io.agentos.runtime.catalogue;

import org.jspecify.annotations.NullMarked;
