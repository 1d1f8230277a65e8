package io.agentos.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Mandate;
import io.agentos.api.Mandate.Grantor;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.Usage;
import io.agentos.runtime.TestStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a task below another one is stored with. */
final class NarrowingTest {
  private static final Limits WIDE =
      new Limits(10, 20, 1_000, 4_000, Duration.ofMinutes(30), Duration.ofHours(2));

  private static TestStore store;
  private static Line line;

  @BeforeAll
  static void open() {
    store = new TestStore();
    line = new Line(store);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void aTaskBelowNoOther_isStoredAsItWasAsked() {
    Request asked = Line.request("key:ann", null, null);

    assertThat(line.create(asked)).isEqualTo(asked);
  }

  @Test
  void eachTask_carriesTheWholeLine() {
    Grantor ann = new Grantor("key:ann", null, "operator", null);
    Grantor ben = new Grantor("user:ben", null, "developer", List.of("tasks:submit"));
    Request root = line.create(Line.request("key:ann", null, null, Mandate.of(ann)));
    Request child = line.create(Line.request("user:ben", null, root.task(), Mandate.of(ben)));
    Request again = line.create(Line.request("key:ann", null, child.task(), Mandate.of(ann)));

    assertThat(child.mandate())
        .isEqualTo(new Mandate(List.of(ann, ben), List.of(root.task()), List.of()));
    assertThat(again.mandate())
        .isEqualTo(new Mandate(List.of(ben, ann), List.of(root.task(), child.task()), List.of()));
  }

  @Test
  void aMandateOfTheCallers_addsToTheLineAndReplacesNothing() {
    Request root = line.create(Line.request("key:ann", null, null));
    Mandate forged = new Mandate(List.of(Grantor.of("key:eve")), List.of(TaskId.next()), List.of());

    Request child = line.create(Line.request("key:eve", null, root.task(), forged));

    assertThat(child.mandate().grantors())
        .containsExactly(Grantor.of("key:ann"), Grantor.of("key:eve"));
    assertThat(child.mandate().ancestors()).containsExactly(root.task());
  }

  @Test
  void bounds_areWhatIsLeft() {
    Request root = line.create(Line.request("key:ann", WIDE, null));
    line.step(root.task(), 2, new Usage(1, 1, 0, 0, 300, 1, 4));

    Request first = line.create(Line.request("key:ann", null, root.task()));
    assertThat(first.limits())
        .isEqualTo(new Limits(10, 16, 700, 4_000, Duration.ofMinutes(30), Duration.ofHours(2)));

    Request second = line.create(Line.request("key:ann", null, root.task()));
    assertThat(second.limits().costUsdMicrosMax()).as("the first may use all of it").isZero();

    line.ended(first.task(), new Usage(1, 1, 0, 0, 200, 1, 1));
    line.ended(second.task(), Usage.NONE);
    Limits little = new Limits(2, 3, 400, 100, Duration.ofMinutes(1), Duration.ofDays(3));
    assertThat(line.create(Line.request("key:ann", little, root.task())).limits())
        .isEqualTo(new Limits(2, 3, 400, 100, Duration.ofMinutes(1), Duration.ofHours(2)));
    assertThat(line.create(Line.request("key:ann", WIDE, root.task())).limits())
        .as("700 less the 200 of the first and the 400 of the third")
        .isEqualTo(new Limits(10, 12, 100, 4_000, Duration.ofMinutes(30), Duration.ofHours(2)));
  }

  @Test
  void whatTasksBelowOneThatHasEndedUse_countsToo() {
    Request root = line.create(Line.request("key:ann", WIDE, null));
    Request child = line.create(Line.request("key:ann", WIDE, root.task()));
    Request grandchild = line.create(Line.request("key:ann", WIDE, child.task()));
    line.ended(grandchild.task(), new Usage(0, 0, 0, 0, 450, 1, 2));
    line.ended(child.task(), new Usage(0, 0, 0, 0, 50, 1, 1));

    Limits left = line.create(Line.request("key:ann", null, root.task())).limits();

    assertThat(left.costUsdMicrosMax()).isEqualTo(500);
    assertThat(left.toolCallsMax()).isEqualTo(17);
  }

  @Test
  void whatTheParentHasRead_isInTheInput() {
    Request root = line.create(Line.request("key:ann", null, null));
    line.called(root.task(), 2, "web.read");
    Request child = line.create(Line.request("key:ann", null, root.task()));
    line.called(child.task(), 2, "mail.read");
    Request grandchild = line.create(Line.request("key:ann", null, child.task()));

    assertThat(child.mandate().taint()).containsExactly("tool:web.read");
    assertThat(grandchild.mandate().taint()).containsExactly("tool:mail.read", "tool:web.read");
  }

  @Test
  void anAgentAtWork_asksBelowItsOwnTaskOnly() {
    Request root = line.create(Line.request("key:ann", null, null));
    line.served(root.task(), "shop.clerk");

    Request child = line.create(Line.request("agent:shop.clerk", null, root.task()));

    assertThat(child.mandate().grantors())
        .containsExactly(Grantor.of("key:ann"), Grantor.of("agent:shop.clerk"));
    assertRefused(
        Line.request("agent:shop.courier", null, root.task()),
        "agent:shop.courier acts for whoever asked for its task, and asks for tasks below its own; the parent named is %s."
            .formatted(root.task()));
    assertRefused(
        Line.request("agent:shop.clerk", null, null),
        "agent:shop.clerk acts for whoever asked for its task, and asks for tasks below its own; the parent named is none.");
  }

  private static void assertRefused(Request request, String why) {
    assertThatThrownBy(() -> line.create(request))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
        .hasMessage(why);
  }

  @Test
  void aLine_hasAnEnd() {
    Request last = line.create(Line.request("key:ann", null, null));
    for (int i = 0; i < Mandate.ANCESTORS_MAX; i++) {
      last = line.create(Line.request("key:ann", null, last.task()));
    }
    TaskId deepest = last.task();

    assertThatThrownBy(() -> line.create(Line.request("key:ann", null, deepest)))
        .isInstanceOf(AgentOsException.class)
        .hasMessage("A task would have 17 others above it; allowed are 16. Ask for it higher up.");
  }

  @Test
  void aParentThatIsNotThere_isToldSo() {
    TaskId nowhere = TaskId.next();

    assertThatThrownBy(() -> line.create(Line.request("key:ann", null, nowhere)))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage("There is no task %s.".formatted(nowhere));
  }
}
