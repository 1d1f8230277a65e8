package io.agentos.server.bench;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How long {@code agentos up} takes from the launcher's first instruction to a 200 of {@code
 * /readyz}, and what the idle JVM holds in memory.
 */
final class StartBench {
  private static final long READY_SECONDS_MAX = 120;
  private static final long IDLE_SECONDS = 10;
  private static final double KIB_PER_MIB = 1024.0;

  private final Consumer<String> progress;
  private final int rounds;

  StartBench(Consumer<String> progress, int rounds) {
    this.progress = progress;
    this.rounds = rounds;
  }

  Map<String, Double> run() throws InterruptedException {
    String home = System.getenv("AGENTOS_HOME");
    if (home == null) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "Benchmark start runs the launcher; call it as './agentos bench start'.");
    }
    try {
      Path data = Files.createTempDirectory("agentos-bench-start");
      try {
        progress.accept("first start of a new data directory");
        double first = start(home, data, false).readyMillis;
        List<Started> again = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
          progress.accept("start %d of %d of an existing one".formatted(round, rounds));
          again.add(start(home, data, round == rounds));
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("first_ready_ms", first);
        figures.put(
            "ready_ms",
            again.stream().map(Started::readyMillis).sorted().toList().get(again.size() / 2));
        figures.put("idle_rss_mib", again.getLast().rssMib);
        return figures;
      } finally {
        delete(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Started(double readyMillis, double rssMib) {}

  private static Started start(String home, Path data, boolean idle)
      throws IOException, InterruptedException {
    int port = freePort();
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(home, "agentos").toString(),
            "up",
            "--port",
            String.valueOf(port),
            "--data",
            data.toString());
    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    Process server = command.start();
    try {
      awaitReady(server, URI.create("http://127.0.0.1:%d/readyz".formatted(port)));
      double millis = (System.nanoTime() - begin) / 1e6;
      if (idle) {
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      }
      return new Started(millis, rss(data));
    } finally {
      stop(data, server);
    }
  }

  private static void awaitReady(Process server, URI readyz)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(readyz).build();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS_MAX);
      while (System.nanoTime() < until && server.isAlive()) {
        try {
          if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (java.net.ConnectException e) {
          // Not there yet.
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new AgentOsException(ErrorCode.ENVIRONMENT, "The server did not become ready.");
  }

  /** Resident memory of the server's JVM in MiB; 0 where the system does not tell. */
  private static double rss(Path data) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid(data)), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
        .findFirst()
        .orElse(0);
  }

  private static long pid(Path data) throws IOException {
    String told = Files.readString(data.resolve("server.json"));
    return Long.parseLong(told.replaceAll("(?s).*\"pid\":\\s*(\\d+).*", "$1"));
  }

  private static void stop(Path data, Process launcher) throws IOException, InterruptedException {
    if (Files.exists(data.resolve("server.json"))) {
      ProcessHandle.of(pid(data)).ifPresent(ProcessHandle::destroy);
    }
    if (!launcher.waitFor(60, TimeUnit.SECONDS)) {
      launcher.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
