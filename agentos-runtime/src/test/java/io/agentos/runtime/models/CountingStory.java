package io.agentos.runtime.models;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Tokens;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStep.Fault;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ReceivedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A provider that fails now and then and keeps its own count of what it charges. Thread-safe.
 *
 * <p>Of 100 calls about 80 are answered and counted; the others are refused for nothing, lost on
 * the way after they were paid, or answered without a count.
 */
final class CountingStory implements FakeStory {
  private static final String TEXT = "An answer of some words, that comes in several parts.";

  private final long seed;
  private final List<Tokens> counted = new ArrayList<>();
  private int lost;
  private int uncounted;
  private int refused;

  CountingStory(long seed) {
    this.seed = seed;
  }

  @Override
  public synchronized FakeStep next(ReceivedCall call) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + call.number());
    Tokens tokens = tokens(random);
    FakeStep.Reply reply = new FakeStep.Reply(TEXT, List.of(), StopReason.END, tokens);
    boolean streamed = call.body().contains("\"stream\":true");
    int lot = random.nextInt(100);
    if (lot < 80 || (lot >= 97 && streamed)) {
      counted.add(tokens);
      return reply;
    }
    if (lot < 90) {
      refused++;
      return FakeStep.fails(List.of(429, 500, 503, 529).get(random.nextInt(4)));
    }
    if (lot < 97) {
      lost++;
      return lost(reply, random, streamed);
    }
    uncounted++;
    return FakeStep.json(
        "{\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"no count\"}}]}");
  }

  /** What it counted and told, in all. */
  synchronized String told() {
    long[] sums = new long[5];
    for (Tokens tokens : counted) {
      sums[0] += tokens.input();
      sums[1] += tokens.cacheRead();
      sums[2] += tokens.cacheWrite();
      sums[3] += tokens.output();
      sums[4] += tokens.reasoning();
    }
    return told(counted.size(), sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  /** The same words of somebody else's sums. */
  static String told(
      long calls, long input, long cacheRead, long cacheWrite, long output, long reasoning) {
    return "%d calls: %d in, %d read, %d written, %d out, %d reasoned"
        .formatted(calls, input, cacheRead, cacheWrite, output, reasoning);
  }

  synchronized int lost() {
    return lost;
  }

  synchronized int uncounted() {
    return uncounted;
  }

  synchronized int refused() {
    return refused;
  }

  private static Tokens tokens(SplittableRandom random) {
    long input = random.nextLong(1, 300_000);
    long output = random.nextLong(1, 20_000);
    return new Tokens(
        input,
        random.nextInt(3) == 0 ? random.nextLong(input) : 0,
        0,
        0,
        output,
        random.nextInt(3) == 0 ? random.nextLong(output) : 0);
  }

  private static FakeStep lost(FakeStep.Reply reply, SplittableRandom random, boolean streamed) {
    if (!streamed) {
      return new FakeStep.Cut(reply, random.nextDouble(0.1, 0.9));
    }
    return new FakeStep.Streamed(
        reply, random.nextInt(1, 4), random.nextBoolean() ? Fault.END : Fault.BREAK);
  }
}
