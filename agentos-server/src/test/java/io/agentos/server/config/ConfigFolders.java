package io.agentos.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A working directory and a home to load configurations in. */
record ConfigFolders(Path work, Path home) {

  static ConfigFolders in(Path root) throws IOException {
    return new ConfigFolders(
        Files.createDirectory(root.resolve("work")), Files.createDirectory(root.resolve("home")));
  }

  /** Writes the file of this name, relative to the working directory. */
  Path write(String file, String text) throws IOException {
    Path path = work.resolve(file).normalize();
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  Config load(Map<String, String> environment) {
    return loader(environment).load(null, List.of());
  }

  ConfigLoader loader(Map<String, String> environment) {
    return new ConfigLoader(environment, work, home);
  }
}
