package io.agentos.runtime.policy;

import io.agentos.api.Usage;
import java.util.List;

/**
 * What a running task has done so far, and the policy version that it began with.
 *
 * @param policyVersion empty for what belongs to no task, which has the version of now
 * @param tools the tools it called, in order, with what is in flight
 * @param taint the labels of what it has read, sorted
 */
public record Progress(String policyVersion, List<String> tools, List<String> taint, Usage usage) {
  /** Of something that belongs to no task. */
  public static final Progress NONE = new Progress("", List.of(), List.of(), Usage.NONE);

  public Progress {
    tools = List.copyOf(tools);
    taint = List.copyOf(taint);
  }
}
