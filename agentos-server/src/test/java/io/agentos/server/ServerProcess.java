package io.agentos.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in a JVM of its own, which may be killed. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path data;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServerProcess(Path data, Process process) {
    this.data = data;
    this.process = process;
  }

  /** Starts a server on {@code data} and returns when it answers {@code /readyz}. */
  static ServerProcess start(Path data, Map<String, String> environment) {
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(data.resolve("server.json"));
      ProcessBuilder command =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              "io.agentos.server.Main",
              "up",
              "--port",
              "0",
              "--data",
              data.toString());
      command.environment().keySet().removeIf(name -> name.startsWith("AGENTOS_"));
      command.environment().put("AGENTOS_HOME", SourceTree.root().toString());
      command.environment().putAll(environment);
      command.redirectErrorStream(true).redirectOutput(data.resolve("server.log").toFile());
      ServerProcess server = new ServerProcess(data, command.start());
      server.await("ready", () -> server.isReady());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the JVM as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  JsonNode get(String path) {
    return send(HttpRequest.newBuilder(url(path)).GET(), 200);
  }

  JsonNode post(String path, Object body, int status) {
    return send(
        HttpRequest.newBuilder(url(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
        status);
  }

  /** What is answered, whatever it is and with whatever status. */
  byte[] bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client
        .send(
            request.header("Authorization", "Bearer " + read("admin.key")).build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  /** Waits until {@code reached}, looking again and again. */
  void await(String what, java.util.function.BooleanSupplier reached) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new AssertionError("not %s: %s".formatted(what, log()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    client.close();
  }

  private boolean isReady() {
    if (!Files.exists(data.resolve("server.json"))) {
      return false;
    }
    try {
      return client
              .send(
                  HttpRequest.newBuilder(url("/readyz")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode send(HttpRequest.Builder request, int status) {
    try {
      HttpResponse<String> answer =
          client.send(
              request.header("Authorization", "Bearer " + read("admin.key")).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != status) {
        throw new AssertionError("%d: %s".formatted(answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  URI url(String path) {
    return URI.create(JSON.readTree(read("server.json")).get("url").asString() + path);
  }

  private String read(String file) {
    try {
      return Files.readString(data.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String log() {
    List<String> lines = read("server.log").lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
