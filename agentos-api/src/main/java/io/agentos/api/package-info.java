/**
 * The words of AgentOS as records and sealed types: what is asked, decided, done and answered.
 *
 * <p>Everything here is an immutable value, safe to share between threads, and checked when made.
 * May import nothing but the JDK.
 */
@NullMarked
package io.agentos.api;

import org.jspecify.annotations.NullMarked;
