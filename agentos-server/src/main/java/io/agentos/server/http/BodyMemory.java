package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that the bodies of all calls under way take together.
 *
 * <p>Thread-safe; a lease is used by one thread.
 */
final class BodyMemory {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final long BLOCKS_MIN = 256;
  private static final long BLOCKS_MAX = 2_048;

  /** What one body becomes in memory until it is stored, compared to its bytes, at a guess. */
  private static final long GROWTH = 16;

  private static final long PATIENCE_MILLIS = 5_000;

  private final Semaphore blocks;
  private final long patienceMillis;

  BodyMemory() {
    this(
        Math.clamp(Runtime.getRuntime().maxMemory() / GROWTH / BLOCK_BYTES, BLOCKS_MIN, BLOCKS_MAX),
        PATIENCE_MILLIS);
  }

  BodyMemory(long blocksMax, long patienceMillis) {
    this.blocks = new Semaphore(Math.toIntExact(blocksMax));
    this.patienceMillis = patienceMillis;
  }

  /** The memory of one body. Give it back. */
  Lease lease() {
    return new Lease();
  }

  /** What one body has taken so far. */
  final class Lease implements AutoCloseable {
    private int taken;

    /**
     * Makes room for a body of {@code bytes} in all.
     *
     * @throws AgentOsException OVERLOADED when there is none in time
     */
    void reach(int bytes) {
      int more = Math.ceilDiv(bytes, BLOCK_BYTES) - taken;
      if (more <= 0) {
        return;
      }
      try {
        if (blocks.tryAcquire(more, patienceMillis, TimeUnit.MILLISECONDS)) {
          taken += more;
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "Too many large requests are under way; try again, or send less at once.");
    }

    @Override
    public void close() {
      blocks.release(taken);
      taken = 0;
    }
  }
}
