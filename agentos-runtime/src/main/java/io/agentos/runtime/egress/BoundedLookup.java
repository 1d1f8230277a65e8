package io.agentos.runtime.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lookups that end in time. The system's resolver cannot be interrupted: one that hangs is left
 * behind on its thread, and only so many may hang at once.
 *
 * <p>Thread-safe.
 */
final class BoundedLookup {
  private static final int AT_ONCE_MAX = 64;
  private static final int ADDRESSES_MAX = 16;

  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private final NameLookup lookup;

  BoundedLookup(NameLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * The first addresses of a name, at least one.
   *
   * @throws UnknownHostException when it has none, or none came in time
   */
  List<InetAddress> addresses(String name, Duration atMost)
      throws UnknownHostException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new UnknownHostException("too many lookups are under way");
    }
    AtomicReference<List<InetAddress>> found = new AtomicReference<>(List.of());
    Thread asking =
        Thread.ofVirtual()
            .name("lookup")
            .start(() -> {
              try {
                found.set(List.copyOf(lookup.addresses(name)));
              } catch (UnknownHostException e) {
                // No addresses: told below.
              } finally {
                places.release();
              }
            });
    if (!asking.join(atMost)) {
      throw new UnknownHostException("the lookup took longer than " + atMost);
    }
    List<InetAddress> addresses = found.get();
    if (addresses.isEmpty()) {
      throw new UnknownHostException("the name has no address");
    }
    return addresses.subList(0, Math.min(ADDRESSES_MAX, addresses.size()));
  }
}
