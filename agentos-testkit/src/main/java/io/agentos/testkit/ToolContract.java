package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec.Effect;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Tool} must keep. A test of a tool extends this once for each kind of call that
 * matters.
 */
public abstract class ToolContract {
  /** The longest description that every vendor takes. */
  private static final int DESCRIPTION_LENGTH_MAX = 1_024;

  private static final int CALLS_AT_ONCE = 8;

  /** The tool, ready to be called. */
  protected abstract Tool tool();

  /** Arguments that fit the tool's schema and bring a result that has not {@code failed}. */
  protected abstract ToolArguments arguments();

  /**
   * What a call could change: a value that is equal as long as nothing changed. The default is for
   * tools whose world is not theirs to look at.
   */
  protected Object world() {
    return "";
  }

  /** The way to the network that the calls are given; none, unless a test says otherwise. */
  protected Egress egress() {
    return Egress.CLOSED;
  }

  @Test
  void spec_askedTwice_isTheSame() {
    assertThat(tool().spec()).isEqualTo(tool().spec());
  }

  @Test
  void description_saysWhatItDoes() {
    assertThat(tool().spec().description()).isNotBlank();
    assertThat(tool().spec().description().length()).isLessThanOrEqualTo(DESCRIPTION_LENGTH_MAX);
  }

  @Test
  void inputSchema_isAClosedObject() {
    Map<String, Object> schema = tool().spec().inputSchema();

    assertThat(schema).containsEntry("type", "object").containsEntry("additionalProperties", false);
    Object required = schema.getOrDefault("required", List.of());
    Object properties = schema.getOrDefault("properties", Map.of());
    assertThat(required).isInstanceOf(Collection.class);
    assertThat(properties).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) properties).keySet().containsAll((Collection<?>) required)).isTrue();
    assertThat(((Map<?, ?>) properties).keySet().containsAll(arguments().values().keySet()))
        .isTrue();
  }

  @Test
  void call_fittingArguments_answers() {
    ToolResult result = tool().call(arguments(), context(1));

    assertThat(result.failed()).isFalse();
    assertThat(result.text() + result.fields()).isNotBlank();
  }

  @Test
  void call_sameKeyAgain_actsAsItsEffectSays() {
    Object before = world();
    tool().call(arguments(), context(1));
    Object afterFirst = world();
    switch (tool().spec().effect()) {
      case READ_ONLY -> {
        assertThat(afterFirst).isEqualTo(before);
        assertThat(tool().call(arguments(), context(1)).failed()).isFalse();
        assertThat(world()).isEqualTo(before);
      }
      case IDEMPOTENT -> {
        assertThat(tool().call(arguments(), context(1)).failed()).isFalse();
        assertThat(world()).isEqualTo(afterFirst);
      }
      case ONCE -> {
        // It promises nothing about a second call, and the engine never makes one.
      }
    }
  }

  @Test
  void call_fromManyThreads_answersEach() throws InterruptedException {
    Tool shared = tool();
    // Tools that change something may rightly refuse to do so twice at once.
    int callsAtOnce = shared.spec().effect() == Effect.READ_ONLY ? CALLS_AT_ONCE : 1;
    Queue<ToolResult> results = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 1; i <= callsAtOnce; i++) {
      ToolContext context = context(i);
      callers.add(Thread.ofVirtual().start(() -> results.add(shared.call(arguments(), context))));
    }
    for (Thread caller : callers) {
      assertThat(caller.join(atMost())).isTrue();
    }

    assertThat(results).hasSize(callsAtOnce).noneMatch(ToolResult::failed);
  }

  private Duration atMost() {
    return tool().spec().timeout();
  }

  private ToolContext context(int position) {
    return new ToolContext(
        new StepKey(TenantId.DEFAULT, ContractTask.ID, position, "turn-" + position + "/tool"),
        new AgentId("contract", "agent"),
        egress());
  }

  /** One task for all calls, so that the same position is the same step. */
  private static final class ContractTask {
    static final TaskId ID = TaskId.next();
  }
}
