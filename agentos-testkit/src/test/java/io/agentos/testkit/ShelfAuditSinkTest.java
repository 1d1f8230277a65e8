package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AuditRecord;
import io.agentos.spi.AuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The contract against a sink that keeps it, and against sinks that break it. */
final class ShelfAuditSinkTest extends AuditSinkContract {
  private final List<String> shelf = new ArrayList<>();
  private boolean broken;
  private BiConsumer<List<String>, List<AuditRecord>> taking = ShelfAuditSinkTest::take;

  @Override
  protected AuditSink sink() {
    return new AuditSink() {
      @Override
      public String id() {
        return "shelf";
      }

      @Override
      public void accept(List<AuditRecord> entries) {
        if (broken) {
          throw new IllegalStateException("the shelf is broken");
        }
        taking.accept(shelf, entries);
      }
    };
  }

  @Override
  protected List<String> bodies() {
    return List.copyOf(shelf);
  }

  @Override
  protected void breakPlace() {
    broken = true;
  }

  @Override
  protected void mendPlace() {
    broken = false;
  }

  @Test
  void accept_sinkThatTakesTheFirstOnly_isFound() {
    taking = (shelf, entries) -> shelf.add(entries.getFirst().body());

    assertThatThrownBy(this::accept_batch_isThereWhole_inOrder_whenItReturns)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void accept_sinkThatTurnsThemRound_isFound() {
    taking = (shelf, entries) -> entries.forEach(entry -> shelf.addFirst(entry.body()));

    assertThatThrownBy(this::accept_batchAfterBatch_ofSeveralTenants_keepsTheirOrder)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void accept_sinkThatForgetsWhatWasThere_isFound() {
    taking =
        (shelf, entries) -> {
          shelf.clear();
          take(shelf, entries);
        };

    assertThatThrownBy(this::accept_afterAnotherProcess_keepsWhatWasThere)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void accept_sinkThatWritesTextsAnew_isFound() {
    taking =
        (shelf, entries) ->
            entries.forEach(entry -> shelf.add(entry.body().replace("\\u0000", "")));

    assertThatThrownBy(this::accept_oddTexts_comeAsTheyAre).isInstanceOf(AssertionError.class);
  }

  private static void take(List<String> shelf, List<AuditRecord> entries) {
    entries.forEach(entry -> shelf.add(entry.body()));
  }
}
