/** Tests of approvals, grants and escalation. */
@NullMarked
package io.agentos.runtime.approvals;

import org.jspecify.annotations.NullMarked;
