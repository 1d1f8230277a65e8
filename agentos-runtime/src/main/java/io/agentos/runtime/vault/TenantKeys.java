package io.agentos.runtime.vault;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one tenant, as one transaction sees them.
 *
 * <p>Thread-safe as far as its transaction is.
 */
public final class TenantKeys {
  private static final int TRIES_MAX = 3;

  private final TenantId tenant;
  private final @Nullable KeyMaterial material;

  TenantKeys(TenantId tenant, @Nullable KeyMaterial material) {
    this.tenant = tenant;
    this.material = material;
  }

  /** A data key as its row has it; {@code wrapped} is null once it was destroyed. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  private record Stored(UUID id, byte @Nullable [] wrapped) {}

  /** The key of a row with the columns {@code key_id} and {@code wrapped_key}. */
  public TaskKey of(TaskId task, Row row) {
    UUID id = row.optionalUuid("key_id");
    return id == null ? TaskKey.none(tenant, task) : of(task, id, row.optionalBytes("wrapped_key"));
  }

  /** The key with this id, for what is kept apart from its task; empty when it was destroyed. */
  public Optional<TaskKey> one(Tx tx, TaskId task, UUID id) {
    return tx.queryOne(DataKeysSql.ONE, row -> of(task, row), tenant.value(), id)
        .filter(key -> !key.isErased());
  }

  /** The key of a task; empty when the tenant has no such task. */
  public Optional<TaskKey> find(Tx tx, TaskId task) {
    return tx.queryOne(DataKeysSql.OF_TASK, row -> of(task, row), tenant.value(), task.value());
  }

  /** The key of a task that is there. */
  public TaskKey ofTask(Tx tx, TaskId task) {
    return find(tx, task)
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no task " + task + "."));
  }

  /**
   * The key for a new task: that of its subject, or one of its own. A subject that was erased gets
   * a new one, under which nothing of before opens.
   *
   * @param subject who the task is about, as the caller calls them; null for nobody, or for whom
   *     its parent is about
   */
  public TaskKey create(Tx tx, TaskId task, @Nullable String subject, @Nullable TaskId parent) {
    if (subject == null) {
      Optional<TaskKey> inherited =
          parent == null
              ? Optional.empty()
              : stored(tx, task, DataKeysSql.OF_PARENT, parent.value());
      return inherited.orElseGet(() -> insert(tx, task, task.value(), null).orElseThrow());
    }
    byte[] name = subject(subject);
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      Optional<TaskKey> found = stored(tx, task, DataKeysSql.OF_SUBJECT, name);
      if (found.isEmpty()) {
        found = insert(tx, task, UUID.randomUUID(), name);
      }
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AgentOsException(
        ErrorCode.CONFLICT,
        "The subject of task %s is being erased over and over; try again.".formatted(task));
  }

  /** What a subject is known by in the database: nobody reads its name without the key. */
  public byte[] subject(String subject) {
    return digest("subject", subject);
  }

  /** 32 bytes that are the same for the same text of this tenant and kind. */
  public byte[] digest(String kind, String text) {
    return material().digest((kind + "\n" + text).getBytes(StandardCharsets.UTF_8));
  }

  private Optional<TaskKey> stored(Tx tx, TaskId task, String sql, Object of) {
    return tx.queryOne(
            sql, row -> new Stored(row.uuid("key_id"), row.bytes("wrapped")), tenant.value(), of)
        .map(stored -> of(task, stored.id, stored.wrapped));
  }

  /** Empty when somebody else has just made the subject's key. */
  private Optional<TaskKey> insert(Tx tx, TaskId task, UUID id, byte @Nullable [] name) {
    byte[] key = KeyMaterial.random();
    byte[] wrapped;
    try {
      wrapped = material().aead().encrypt(key, context(id));
    } catch (GeneralSecurityException e) {
      throw new AgentOsException(
          ErrorCode.INTERNAL, "A data key of task %s could not be wrapped.".formatted(task), e);
    }
    return tx.update(DataKeysSql.NEW, tenant.value(), id, name, wrapped) == 1
        ? Optional.of(TaskKey.of(tenant, task, id, new KeyMaterial(key)))
        : Optional.empty();
  }

  private TaskKey of(TaskId task, UUID id, byte @Nullable [] wrapped) {
    if (wrapped == null) {
      return TaskKey.destroyed(tenant, task, id);
    }
    try {
      return TaskKey.of(
          tenant, task, id, new KeyMaterial(material().aead().decrypt(wrapped, context(id))));
    } catch (GeneralSecurityException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "Data key %s of tenant %s does not open with the tenant's key: its row was changed past AgentOS."
              .formatted(id, tenant),
          e);
    }
  }

  private byte[] context(UUID id) {
    return (tenant.value() + "\n" + id).getBytes(StandardCharsets.UTF_8);
  }

  private KeyMaterial material() {
    if (material == null) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "Tenant %s has no key in table tenant_key, and has tasks that are sealed; restore the row."
              .formatted(tenant));
    }
    return material;
  }
}
