package io.agentos.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides what a {@link FakeModelServer} does with each call. Called from many threads. */
@FunctionalInterface
public interface FakeStory {

  FakeStep next(ReceivedCall call);

  /** The same for each call. */
  static FakeStory always(FakeStep step) {
    return _ -> step;
  }

  /** One step per call in order of arrival; the last one for all further calls. */
  static FakeStory inOrder(FakeStep... steps) {
    List<FakeStep> script = List.of(steps);
    AtomicInteger calls = new AtomicInteger();
    return _ -> script.get(Math.min(calls.getAndIncrement(), script.size() - 1));
  }

  /**
   * One step per turn of a conversation, so that a call made again after a crash meets the same
   * step again; the last one for all further turns.
   */
  static FakeStory byTurn(List<FakeStep> steps) {
    List<FakeStep> script = List.copyOf(steps);
    return call -> script.get(Math.min(call.turn(), script.size() - 1));
  }
}
