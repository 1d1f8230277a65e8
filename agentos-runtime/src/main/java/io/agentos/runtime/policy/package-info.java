/**
 * Step 2, and the word on each tool call and model: what policies say.
 *
 * <p>{@link io.agentos.runtime.policy.Policies} is the door: it finds the version that a task began
 * with, counts rates, and records each decision with its step. {@link
 * io.agentos.runtime.policy.PolicyEngine} is one version: a pure function of a situation. Rules are
 * data: a match, a condition in CEL and an effect. What no rule permits is denied; a forbid always
 * wins; the order of rules means nothing; what cannot be evaluated is denied.
 *
 * <p>A request is asked about twice. At step 2 its agent may not be known yet: a rule that asks for
 * more than is known neither forbids nor permits for good, so the request may go on to the router,
 * but no further. Inside the route step {@code admit} asks again with the agent that was found.
 * Without that, a caller could dodge a rule about an agent by not naming it. In the same way, a
 * caller who names no type is taken to ask for every type the agent serves: a forbid of one of them
 * fits, a permit must fit them all. Labels are what the caller says about itself; a permit may ask
 * for one, but a forbid that asks for one binds only those who carry it.
 *
 * <p>May import {@code api}, {@code definitions}, {@code durable}, {@code vault}, {@code store} and
 * {@code json}.
 */
@NullMarked
package io.agentos.runtime.policy;

import org.jspecify.annotations.NullMarked;
