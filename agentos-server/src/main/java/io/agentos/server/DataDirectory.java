package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.checkpoints.SigningKey;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import io.agentos.server.config.CheckpointConfig;
import io.agentos.server.config.Config;
import io.agentos.server.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The folder a server keeps what it must not lose in, locked for this process. The lock makes sure
 * that a former server on it is gone, and with it the tasks it ran.
 *
 * <p>Holds {@code instance} (the folder's own name among nodes), {@code admin.key}, {@code
 * master.key} (without which sealed values never open again), {@code checkpoint.key} with {@code
 * checkpoints} (what proves the audit logs) and, while a server runs, {@code server.json}.
 */
final class DataDirectory implements AutoCloseable {
  private final Config.Storage settings;
  private final FileChannel channel;
  private final String instance;

  private DataDirectory(Config.Storage settings, FileChannel channel, String instance) {
    this.settings = settings;
    this.channel = channel;
    this.instance = instance;
  }

  /**
   * Makes the folder where it is missing, and locks it.
   *
   * @throws AgentOsException ENVIRONMENT when another server has it, or it cannot be written
   */
  static DataDirectory lock(Config.Storage settings) {
    Path folder = settings.directory();
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new AgentOsException(
            ErrorCode.ENVIRONMENT,
            "Another AgentOS runs on %s; stop it, or choose another folder with --data."
                .formatted(folder));
      }
      return new DataDirectory(settings, channel, instance(folder));
    } catch (IOException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "The data directory %s cannot be used (%s); choose another with --data."
              .formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  /** The name of this folder among the nodes of a database; the same at each start. */
  String instance() {
    return instance;
  }

  Path folder() {
    return settings.directory();
  }

  /**
   * Makes the first administrator's key, once, and keeps it in a file that only the owner reads.
   */
  void ensureAdminKey(Identity identity) {
    Path file = settings.adminKeyFile();
    if (Files.exists(file)) {
      return;
    }
    Identity.Created key =
        identity.createKey(
            TenantId.DEFAULT, new Identity.NewKey("admin", Role.ADMIN, null), "system");
    writePrivate(file, key.secret() + "\n");
  }

  /**
   * The key that wraps all others: the configured one, or one of this folder, made once and kept in
   * a file that only the owner reads.
   *
   * @throws AgentOsException ENVIRONMENT when it is no key or cannot be read
   */
  MasterKey masterKey(Config.Vault vault) {
    return MasterKey.of(
        vault
            .masterKey()
            .map(Secret::value)
            .orElseGet(() -> ownKey(settings.masterKeyFile(), MasterKey::random)));
  }

  /** The vault under that key, which opens what the previous one sealed where one is given. */
  Vault vault(Config.Vault vault) {
    return new Vault(
        masterKey(vault),
        vault.previousMasterKey().map(key -> MasterKey.of(key.value())).orElse(null));
  }

  /**
   * The key that signs checkpoints of audit logs, configured or of this folder, like the one above.
   *
   * @throws AgentOsException ENVIRONMENT when it is no key or cannot be read
   */
  SigningKey checkpointKey(CheckpointConfig checkpoints) {
    return SigningKey.of(
        checkpoints
            .key()
            .map(Secret::value)
            .orElseGet(() -> ownKey(settings.checkpointKeyFile(), SigningKey::random)));
  }

  private static String ownKey(Path file, Supplier<String> random) {
    try {
      if (!Files.exists(file)) {
        writePrivate(file, random.get() + "\n");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT, "The file %s cannot be read.".formatted(file), e);
    }
  }

  /** Says in {@code server.json} where this server listens, until the result is closed. */
  AutoCloseable announce(URI url) {
    Path file = settings.serverFile();
    Map<String, Object> told = Map.of("url", url.toString(), "pid", ProcessHandle.current().pid());
    writePrivate(file, Json.write(told) + "\n");
    return () -> Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String instance(Path folder) throws IOException {
    Path file = folder.resolve("instance");
    if (!Files.exists(file)) {
      writePrivate(file, UUID.randomUUID() + "\n");
    }
    return Files.readString(file).strip();
  }

  private static void writePrivate(Path file, String text) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT, "The file %s cannot be written.".formatted(file), e);
    }
  }
}
