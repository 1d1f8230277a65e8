package io.agentos.runtime.budgets;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.store.Gathering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thread that does for many callers at once what each asks. While a commit waits for the disk,
 * holding the windows, the next wishes gather; so a window that everybody wants is locked once for
 * all of them.
 *
 * <p>Thread-safe.
 *
 * @param <W> a wish
 * @param <A> its answer
 */
final class Grouped<W, A> implements AutoCloseable {
  private static final int TOGETHER_MAX = 256;
  private static final int QUEUED_MAX = 16_384;
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final int TRIES_MAX = 3;
  private static final long PAUSE_MILLIS = 50;

  private final Function<List<W>, List<A>> work;
  private final Function<W, Object> name;
  private final Gathering<Wish<W, A>> gathering = new Gathering<>(QUEUED_MAX);
  private final Thread thread;

  /**
   * @param thread the name of the thread
   * @param name wishes of one name never go together
   * @param work does all in one transaction, or throws and does none; doing one again that is done
   *     gives the first answer
   */
  Grouped(String thread, Function<W, Object> name, Function<List<W>, List<A>> work) {
    this.name = name;
    this.work = work;
    this.thread = Thread.ofPlatform().name(thread).daemon().start(this::run);
  }

  /** A wish on its way, and the caller that waits for it. */
  private static final class Wish<W, A> {
    private final W want;
    private final CountDownLatch latch = new CountDownLatch(1);
    private volatile @Nullable A answer;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean givenUp;

    Wish(W want) {
      this.want = want;
    }

    void done(A result) {
      answer = result;
      latch.countDown();
    }

    void failed(RuntimeException cause) {
      failure = cause;
      latch.countDown();
    }
  }

  /**
   * Waits for what becomes of a wish.
   *
   * @throws AgentOsException STORE_UNAVAILABLE; CANCELLED when the thread is interrupted. Whether
   *     it was done is then not known
   */
  A ask(W want) {
    Wish<W, A> wish = new Wish<>(want);
    try {
      if (!gathering.offer(wish, WAIT_MAX)) {
        throw new AgentOsException(
            ErrorCode.STORE_UNAVAILABLE, "Budgets are not answered in time; try again later.");
      }
      wish.latch.await();
    } catch (InterruptedException e) {
      wish.givenUp = true;
      Thread.currentThread().interrupt();
      throw new AgentOsException(ErrorCode.CANCELLED, "Interrupted while asking the budget.", e);
    }
    RuntimeException cause = wish.failure;
    if (cause != null) {
      throw cause;
    }
    A result = wish.answer;
    if (result == null) {
      throw new IllegalStateException("a wish that is done has an answer");
    }
    return result;
  }

  @Override
  public void close() {
    gathering.close(thread, WAIT_MAX);
  }

  private void run() {
    List<Wish<W, A>> wishes = new ArrayList<>(TOGETHER_MAX);
    while (gathering.take(wishes, TOGETHER_MAX)) {
      wishes.removeIf(wish -> wish.givenUp);
      answer(wishes);
      wishes.clear();
    }
  }

  private void answer(List<Wish<W, A>> wishes) {
    if (wishes.isEmpty()) {
      return;
    }
    if (wishes.size() > 1 && distinct(wishes)) {
      try {
        answerAll(wishes);
        return;
      } catch (RuntimeException e) {
        // One by one, so that a bad wish fails alone; asking twice does it once.
      }
    }
    wishes.forEach(this::answerAlone);
  }

  private void answerAll(List<Wish<W, A>> wishes) {
    List<A> answers = work.apply(wishes.stream().map(wish -> wish.want).toList());
    for (int i = 0; i < wishes.size(); i++) {
      wishes.get(i).done(answers.get(i));
    }
  }

  private void answerAlone(Wish<W, A> wish) {
    for (int attempt = 1; ; attempt++) {
      try {
        answerAll(List.of(wish));
        return;
      } catch (RuntimeException e) {
        boolean passing =
            e instanceof AgentOsException known && known.code() == ErrorCode.STORE_UNAVAILABLE;
        if (!passing || attempt == TRIES_MAX || gathering.isClosed()) {
          wish.failed(e);
          return;
        }
        pause();
      }
    }
  }

  private boolean distinct(List<Wish<W, A>> wishes) {
    Set<Object> names = new HashSet<>();
    return wishes.stream().allMatch(wish -> names.add(name.apply(wish.want)));
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      gathering.close();
    }
  }
}
