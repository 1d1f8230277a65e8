package io.agentos.server.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Portkey's gateway as npm gives it, in a temporary folder, on a free port of this machine.
 *
 * <p>One line of it is patched. With the version of hono that npm installs beside it, {@code new
 * Response(body, response)} keeps the headers of fetch's own response, which may not be changed; so
 * each streamed call ends as 500 with {@code TypeError: immutable}
 * (https://github.com/Portkey-AI/gateway/issues/1389). The patch gives the response headers of its
 * own.
 */
final class Portkey implements AutoCloseable {
  static final String PACKAGE = "@portkey-ai/gateway@1.15.2";

  private static final String SERVER = "node_modules/@portkey-ai/gateway/build/start-server.js";
  private static final String WRONG =
      "\"content-type\":\"text/event-stream\"})}):new Response(p,e)}";
  private static final String RIGHT =
      "\"content-type\":\"text/event-stream\"})}):new Response(p,"
          + "{status:e.status,statusText:e.statusText,headers:new Headers(e.headers)})}";
  private static final long INSTALL_SECONDS_MAX = 180;
  private static final long READY_SECONDS_MAX = 30;

  private final Path folder;
  private final Process process;
  private final int port;

  private Portkey(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Why Portkey cannot be measured here, for the person with the terminal. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(String reason) {
      super(reason);
    }
  }

  /**
   * Installs, patches and starts it; needs {@code node}, {@code npm} and npm's registry.
   *
   * @throws Missing when one of them is not there
   */
  static Portkey start(Consumer<String> progress) throws InterruptedException, Missing {
    try {
      Path folder = Files.createTempDirectory("agentos-bench-portkey");
      try {
        progress.accept("installing " + PACKAGE + " with npm");
        Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
        ran(folder, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", PACKAGE);
        patch(folder.resolve(SERVER));
        return started(folder);
      } catch (IOException | InterruptedException | Missing e) {
        delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new Missing(e.toString());
    }
  }

  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete(folder);
    } catch (IOException e) {
      System.err.println("  left behind: " + folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server with the one line patched. */
  static String patched(String server) throws Missing {
    int at = server.indexOf(WRONG);
    if (at < 0 || server.indexOf(WRONG, at + 1) >= 0) {
      throw new Missing("the line to patch is not once in " + SERVER);
    }
    return server.substring(0, at) + RIGHT + server.substring(at + WRONG.length());
  }

  private static void patch(Path server) throws IOException, Missing {
    Files.writeString(server, patched(Files.readString(server)));
  }

  private static void ran(Path folder, String... command)
      throws IOException, InterruptedException, Missing {
    Path log = folder.resolve("npm.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new Missing("npm took more than %d s".formatted(INSTALL_SECONDS_MAX));
    }
    if (process.exitValue() != 0) {
      List<String> told = Files.readAllLines(log);
      throw new Missing("npm: " + String.join(" ", told.subList(0, Math.min(2, told.size()))));
    }
  }

  private static Portkey started(Path folder) throws IOException, InterruptedException, Missing {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder command =
        new ProcessBuilder("node", SERVER, "--port=" + port, "--headless")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    command.environment().putAll(Map.of("NODE_ENV", "production"));
    Process process = command.start();
    // Unlike the JVMs, it does not end with the standard input of the one that started it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS_MAX);
    while (System.nanoTime() < until && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new Portkey(folder, process, socket.getPort());
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new Missing("the gateway did not open its port");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
