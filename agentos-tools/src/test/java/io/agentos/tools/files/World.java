package io.agentos.tools.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What there is in a folder, to see that a tool changed nothing. */
public final class World {
  private World() {}

  /** Each path with its size and the time of its last change. */
  public static Map<String, String> of(Path folder) {
    Map<String, String> world = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        world.put(
            folder.relativize(path).toString(),
            Files.size(path) + " " + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return world;
  }
}
