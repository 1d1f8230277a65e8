package io.agentos.runtime.vault;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens the texts of one task. Each is bound to its tenant, its task and a place, so that
 * bytes moved to another row do not open.
 *
 * <p>Tasks from before texts were sealed have no key: theirs stay as they are. The key of an erased
 * task is gone, and nothing of it opens.
 *
 * <p>Thread-safe; to be kept no longer than the transaction or the run that asked for it.
 */
public final class TaskKey {
  /** What sealing adds to the bytes of a text. */
  public static final int OVERHEAD_BYTES = Sealed.RANDOM_OVERHEAD_BYTES;

  private final TenantId tenant;
  private final TaskId task;
  private final @Nullable UUID id;
  private final @Nullable KeyMaterial material;

  private TaskKey(TenantId tenant, TaskId task, @Nullable UUID id, @Nullable KeyMaterial material) {
    this.tenant = tenant;
    this.task = task;
    this.id = id;
    this.material = material;
  }

  /** For a task from before texts were sealed. */
  public static TaskKey none(TenantId tenant, TaskId task) {
    return new TaskKey(tenant, task, null, null);
  }

  static TaskKey of(TenantId tenant, TaskId task, UUID id, KeyMaterial material) {
    return new TaskKey(tenant, task, id, material);
  }

  static TaskKey destroyed(TenantId tenant, TaskId task, UUID id) {
    return new TaskKey(tenant, task, id, null);
  }

  public TenantId tenant() {
    return tenant;
  }

  public TaskId task() {
    return task;
  }

  /** The key's id in table {@code data_key}; null for a task that has none. */
  public @Nullable UUID id() {
    return id;
  }

  /** Whether the key was destroyed. */
  public boolean isErased() {
    return id != null && material == null;
  }

  /**
   * Seals a text.
   *
   * @param place where it is kept, such as {@code journal.body:7}; needed again to open it
   * @throws AgentOsException ERASED when the key was destroyed
   */
  public byte[] seal(String place, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (id == null) {
      return plain;
    }
    try {
      return Sealed.of(Sealed.RANDOM, id, material().aead().encrypt(plain, context(place)));
    } catch (GeneralSecurityException e) {
      throw new AgentOsException(
          ErrorCode.INTERNAL, "%s of task %s could not be sealed.".formatted(place, task), e);
    }
  }

  /** The same for a text that may be absent. */
  public byte @Nullable [] sealOptional(String place, @Nullable String text) {
    return text == null ? null : seal(place, text);
  }

  /**
   * Seals a text so that the same text at the same place always gives the same bytes, and a
   * statement can compare them.
   */
  public byte[] sealSame(String place, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (id == null) {
      return plain;
    }
    try {
      return Sealed.of(
          Sealed.SAME, id, material().same().encryptDeterministically(plain, context(place)));
    } catch (GeneralSecurityException e) {
      throw new AgentOsException(
          ErrorCode.INTERNAL, "%s of task %s could not be sealed.".formatted(place, task), e);
    }
  }

  /**
   * Opens what was sealed for this task and place.
   *
   * @throws AgentOsException ERASED when the key was destroyed; ENVIRONMENT when the bytes do not
   *     open: they were changed or moved, or are not sealed though the task's are
   */
  public String open(String place, byte[] bytes) {
    if (id == null && !Sealed.is(bytes)) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (id == null || !Sealed.is(bytes)) {
      throw unreadable(place, null);
    }
    try {
      byte[] cipher = cipher(place, bytes, id);
      byte[] plain =
          Sealed.version(bytes) == Sealed.RANDOM
              ? material().aead().decrypt(cipher, context(place))
              : material().same().decryptDeterministically(cipher, context(place));
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw unreadable(place, e);
    }
  }

  /** The same for a text that may be absent. */
  public @Nullable String openOptional(String place, byte @Nullable [] bytes) {
    return bytes == null ? null : open(place, bytes);
  }

  /** Whether bytes are a sealed text; others are texts that hold nothing of the task. */
  public static boolean isSealed(byte[] bytes) {
    return Sealed.is(bytes);
  }

  /**
   * 32 bytes that are the same for the same text of the same task, and tell nothing to who has not
   * the key. Of a task that has none, the SHA-256.
   */
  public byte[] digest(String text) {
    if (id != null) {
      return material().digest(context(text));
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "key of task " + task;
  }

  private KeyMaterial material() {
    if (material == null) {
      throw new AgentOsException(
          ErrorCode.ERASED, "What task %s was given and said was erased.".formatted(task));
    }
    return material;
  }

  private byte[] cipher(String place, byte[] bytes, UUID key) {
    byte version = Sealed.version(bytes);
    if (version != Sealed.RANDOM && version != Sealed.SAME) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "%s of task %s is sealed in form %d, which this version does not know; a newer one wrote it."
              .formatted(place, task, version));
    }
    if (!Sealed.key(bytes).equals(key)) {
      throw unreadable(place, null);
    }
    return Sealed.cipher(bytes);
  }

  private byte[] context(String place) {
    return (tenant.value() + "\n" + task.value() + "\n" + place).getBytes(StandardCharsets.UTF_8);
  }

  private AgentOsException unreadable(String place, @Nullable Throwable cause) {
    String detail =
        "%s of task %s does not open with its key: the row was changed past AgentOS, or belongs elsewhere."
            .formatted(place, task);
    return cause == null
        ? new AgentOsException(ErrorCode.ENVIRONMENT, detail)
        : new AgentOsException(ErrorCode.ENVIRONMENT, detail, cause);
  }
}
