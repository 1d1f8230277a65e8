package io.agentos.runtime.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a pack, read once: what is parsed is what the digest covers, and a name can lead to
 * nothing outside. Hidden files are left out; links may lead to files within the pack only.
 *
 * @param folder the pack's folder, as it was given
 * @param contents by path within the pack, with '/' between the names
 */
record PackFiles(Path folder, SortedMap<String, byte[]> contents) {
  static final int FILES_MAX = 2_000;
  static final int DEPTH_MAX = 8;
  static final long BYTES_MAX = 32L * 1024 * 1024;

  /** The files, or empty with the reason in {@code problems}. Works on any file system. */
  static Optional<PackFiles> read(Path folder, Problems problems) {
    int before = problems.count();
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try {
      Path root = folder.toRealPath();
      long bytesLeft = BYTES_MAX;
      for (Path file : files(root)) {
        String name = name(root, file);
        Optional<String> objection = objection(root, file);
        if (objection.isPresent()) {
          problems.add(folder.resolve(name).toString(), objection.get());
          continue;
        }
        byte[] content = content(file, bytesLeft);
        bytesLeft -= content.length;
        contents.put(name, content);
        if (bytesLeft < 0 || contents.size() > FILES_MAX) {
          problems.add(
              folder.toString(),
              "found more than %d files or %d bytes; allowed: less"
                  .formatted(FILES_MAX, BYTES_MAX));
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      problems.add(folder.toString(), "cannot be read: " + e.getClass().getSimpleName());
    }
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(new PackFiles(folder, contents));
  }

  /** The name of a file for messages. */
  String label(String name) {
    return folder.resolve(name).toString();
  }

  /**
   * The SHA-256, hexadecimal, over each file in the order of the names: name, a zero byte, the
   * SHA-256 of the content in hexadecimal, a line feed; all as UTF-8.
   */
  String digest() {
    MessageDigest whole = sha256();
    contents.forEach((name, content) -> {
      String line = name + "\0" + HexFormat.of().formatHex(sha256().digest(content)) + "\n";
      whole.update(line.getBytes(UTF_8));
    });
    return HexFormat.of().formatHex(whole.digest());
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root, DEPTH_MAX)) {
      return paths
          .filter(path -> !path.equals(root) && !hidden(root.relativize(path)))
          .filter(path -> !Files.isDirectory(path, NOFOLLOW_LINKS) || tooDeep(root, path))
          .limit(FILES_MAX + 1L)
          .sorted()
          .toList();
    }
  }

  private static boolean tooDeep(Path root, Path folder) {
    return root.relativize(folder).getNameCount() == DEPTH_MAX;
  }

  private static boolean hidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
  }

  private static Optional<String> objection(Path root, Path file) throws IOException {
    if (Files.isSymbolicLink(file) && !(Files.exists(file) && file.toRealPath().startsWith(root))) {
      return Optional.of("found a link that leads out of the pack; allowed: files of the pack");
    }
    if (Files.isDirectory(file, NOFOLLOW_LINKS)) {
      return Optional.of("found folders %d deep; allowed: less".formatted(DEPTH_MAX));
    }
    return Files.isRegularFile(file)
        ? Optional.empty()
        : Optional.of("found something that is not a file; allowed: files and folders");
  }

  private static byte[] content(Path file, long bytesMax) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return content.readNBytes((int) bytesMax + 1);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
