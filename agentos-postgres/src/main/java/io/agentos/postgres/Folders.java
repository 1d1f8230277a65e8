package io.agentos.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the file API lacks for making folders appear whole and disappear. */
final class Folders {
  private static final int RANDOM_BYTES = 8;

  /** More than there are cores: the disk gathers what waits at once into one flush. */
  private static final int FORCING_THREADS = 16;

  private Folders() {}

  /** A new empty folder beside its final name, readable as given whatever the umask. */
  static Path makeBeside(Path path, String permissions) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    Path made =
        Files.createDirectory(
            path.resolveSibling(path.getFileName() + ".new-" + HexFormat.of().formatHex(random)));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    return made;
  }

  /** Whether a path was made by {@link #makeBeside} for the given final name. */
  static boolean isBeside(Path path, Path candidate) {
    return String.valueOf(candidate.getFileName()).startsWith(path.getFileName() + ".new-");
  }

  /** Makes a file, or the names in a folder, survive a crash of the machine. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes every file below a folder survive a crash of the machine. */
  static void forceFiles(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> paths = Files.walk(folder)) {
      files = paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(FORCING_THREADS)) {
      List<Future<?>> forced = new ArrayList<>();
      for (Path file : files) {
        forced.add(
            threads.submit(() -> {
              force(file);
              return file;
            }));
      }
      for (Future<?> each : forced) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Could not force a file to disk below " + folder, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while forcing files to disk below " + folder, e);
    }
  }

  /** Deletes all that is in a folder. */
  static void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        delete(entry);
      }
    }
  }

  /** Deletes a folder and all in it; what is missing already is no failure. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
