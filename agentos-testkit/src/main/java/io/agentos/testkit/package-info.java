/**
 * Contract suites that every provider, tool and gate must pass, and what they need: a model server
 * that misbehaves on demand, a scripted provider, a clock that is set by hand.
 *
 * <p>For tests of AgentOS and of plugins; published so that a third party's plugin can be held to
 * the same contract as the built-in ones. May import {@code api}, {@code spi}, JUnit, AssertJ and
 * Jackson.
 */
@NullMarked
package io.agentos.testkit;

import org.jspecify.annotations.NullMarked;
