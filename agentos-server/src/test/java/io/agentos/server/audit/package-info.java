/** Tests of exports and their verifier: what somebody without AgentOS can find out. */
@NullMarked
package io.agentos.server.audit;

import org.jspecify.annotations.NullMarked;
