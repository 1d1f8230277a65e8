package io.agentos.runtime.webhooks;

import io.agentos.api.Request;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Webhooks of one node, in both directions. While it is started, it sends what is due, writes down
 * what was refused, and forgets what is old.
 *
 * <p>Thread-safe.
 */
public final class Webhooks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final long PAUSE_MILLIS = 500;
  private static final long TIDY_MILLIS = 60_000;

  /** As long as a call may take; what is not sent by then, another node sends again. */
  private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

  /** How many deliveries may wait for one endpoint. */
  private static final int WAITING_MAX = 10_000;

  private final Database database;
  private final Hooks hooks;
  private final Sources sources;
  private final Endpoints endpoints;
  private final Rejections rejections;
  private final DeliverySender sender;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile List<Thread> threads = List.of();
  private volatile long tidiedAt = System.nanoTime();

  /**
   * @param intake stores a task, ready to run, with the commit of the transaction
   */
  public Webhooks(
      Database database,
      Audit audit,
      Vault vault,
      EgressGuard egress,
      BiConsumer<Tx, Request> intake) {
    this.database = database;
    WebhookSecrets secrets = new WebhookSecrets(vault);
    this.rejections = new Rejections(database, audit);
    this.hooks = new Hooks(database, audit, secrets, rejections, intake, decoy(vault));
    this.sources = new Sources(database, audit, secrets);
    this.endpoints = new Endpoints(database, audit, secrets, egress);
    this.sender = new DeliverySender(database, audit, secrets, egress);
  }

  /** Begins to send. */
  public void start() {
    threads =
        List.of(
            Thread.ofVirtual().name("webhook-sender").start(() -> every(this::sendAll)),
            Thread.ofVirtual().name("webhook-tidy").start(() -> every(this::tidy)));
  }

  public Hooks hooks() {
    return hooks;
  }

  public Sources sources() {
    return sources;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  DeliverySender sender() {
    return sender;
  }

  Rejections rejections() {
    return rejections;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(CLOSE_MAX);
      }
      sender.awaitIdle(CLOSE_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rejections.write();
  }

  private void every(Runnable pass) {
    try {
      while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          pass.run();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "webhooks wait and try again", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll() {
    while (closing.getCount() > 0 && sender.pass() > 0) {
      // Until nothing is due.
    }
  }

  private void tidy() {
    rejections.write();
    if (System.nanoTime() - tidiedAt > TimeUnit.MILLISECONDS.toNanos(TIDY_MILLIS)) {
      hooks.forget();
      bound(WAITING_MAX);
      tidiedAt = System.nanoTime();
    }
  }

  /** Lets the oldest give way where too many wait for one endpoint, and forgets what has ended. */
  void bound(int waitingMax) {
    database.inEngine(tx -> {
      tx.update(EndpointsSql.BOUND, waitingMax);
      return tx.update(EndpointsSql.FORGET);
    });
  }

  private static List<String> decoy(Vault vault) {
    byte[] secret = WebhookSecrets.random().getBytes(StandardCharsets.UTF_8);
    byte[] sealed = vault.seal(TenantId.DEFAULT, "webhook:" + new UUID(0, 0), secret);
    return List.of(Base64.getEncoder().encodeToString(sealed));
  }
}
