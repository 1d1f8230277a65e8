package io.agentos.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;

/** Looks at failed results. */
public final class Failures {
  private Failures() {}

  /** Asserts that a tool said this and nothing else. */
  public static void assertFailed(ToolResult result, String message) {
    assertThat(result.failed()).as(result.text()).isTrue();
    assertThat(result.text()).isEqualTo(message);
    assertThat(result.fields()).isEmpty();
  }
}
