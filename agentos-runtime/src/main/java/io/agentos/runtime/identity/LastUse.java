package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Notes when keys and sessions were last used, to the minute, beside the request and never in its
 * way: one note at a time, and a note that finds another under way is left to the next request.
 *
 * <p>Thread-safe.
 */
public final class LastUse {
  private static final System.Logger LOG = System.getLogger(LastUse.class.getName());

  private final Database database;
  private final Semaphore place = new Semaphore(1);

  public LastUse(Database database) {
    this.database = database;
  }

  /** Writes a note soon, or not at all. */
  public void note(Consumer<Tx> write) {
    if (!place.tryAcquire()) {
      return;
    }
    Thread.ofVirtual()
        .name("last-use")
        .start(() -> {
          try {
            database.inEngine(tx -> {
              write.accept(tx);
              return true;
            });
          } catch (AgentOsException e) {
            LOG.log(Level.DEBUG, "a last use was not noted: {0}", e.detail());
          } finally {
            place.release();
          }
        });
  }
}
