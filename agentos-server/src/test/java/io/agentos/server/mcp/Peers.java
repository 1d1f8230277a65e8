package io.agentos.server.mcp;

import io.agentos.server.SourceTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of others that MCP is tried against, as npm installs them from .ci/mcp. */
final class Peers {
  private static final List<String> FILES = List.of("package.json", "package-lock.json");
  private static final long INSTALL_SECONDS_MAX = 300;

  private Peers() {}

  /** The path of the node they run on. */
  static String node() throws IOException, InterruptedException {
    return installed().resolve("node_modules/node/bin/node").toString();
  }

  /** The path of a script of the package {@code @modelcontextprotocol/NAME}. */
  static String script(String name) throws IOException, InterruptedException {
    return installed()
        .resolve("node_modules/@modelcontextprotocol/" + name + "/dist/index.js")
        .toString();
  }

  /** The folder with node_modules in it; made by the first who asks. */
  static Path installed() throws IOException, InterruptedException {
    Path source = SourceTree.root().resolve(".ci/mcp");
    Path folder = SourceTree.root().resolve("target/mcp-peers");
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      Path done = folder.resolve("done");
      String wanted = Files.readString(source.resolve("package-lock.json"));
      if (Files.exists(done) && Files.readString(done).equals(wanted)) {
        return folder;
      }
      for (String file : FILES) {
        Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      install(folder);
      Files.writeString(done, wanted);
      return folder;
    }
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("npm.log");
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!npm.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new AssertionError("npm ci failed in .ci/mcp: " + Files.readString(log));
    }
  }
}
