package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The HTTP API of one server, with one key.
 *
 * <p>Over HttpURLConnection, because a command that lives for a tenth of a second must not spend
 * half of it on loading java.net.http and its certificates. Thread-safe.
 */
final class ApiClient {
  /** The largest answer that is read. */
  static final int ANSWER_SIZE_MAX = 64 * 1024 * 1024;

  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int ANSWER_MILLIS_MAX = 75_000;

  /** A little more than two of the comments that the server sends every 15 s. */
  private static final int EVENT_MILLIS_MAX = 40_000;

  private final URI server;
  private final String key;

  /**
   * @param server such as {@code http://127.0.0.1:7070}, with or without a slash at its end
   * @param key sent as bearer; empty for none
   */
  ApiClient(URI server, String key) {
    this.server = URI.create(server.toString().replaceAll("/+$", ""));
    this.key = key;
  }

  URI server() {
    return server;
  }

  /** The path of one object, its id escaped. */
  static String path(String collection, String id) {
    return collection + "/" + escaped(id);
  }

  /** A path with these parameters, those without a value left out. */
  static String query(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> parameter.getKey() + "=" + escaped(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** What is at a path; a problem that the server tells becomes a {@link CliException}. */
  Fields get(String path) {
    return answered(() -> open("GET", path));
  }

  /** Sends a body; sent again once under the same key when the connection broke half-way. */
  Fields post(String path, Map<String, ?> body) {
    return post(path, body, Duration.ZERO);
  }

  /**
   * The same.
   *
   * @param wait how long the server may wait for the task to end before it answers
   */
  Fields post(String path, Map<String, ?> body, Duration wait) {
    String idempotencyKey = UUID.randomUUID().toString();
    byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
    Sending sending =
        () -> {
          HttpURLConnection connection = open("POST", path);
          connection.setRequestProperty("Content-Type", "application/json");
          connection.setRequestProperty("Idempotency-Key", idempotencyKey);
          if (wait.isPositive()) {
            connection.setRequestProperty("Prefer", "wait=" + wait.toSeconds());
          }
          connection.setDoOutput(true);
          try (OutputStream out = connection.getOutputStream()) {
            out.write(json);
          }
          return connection;
        };
    try {
      return answered(sending);
    } catch (CliException e) {
      if (e.exitCode() != ExitCode.UNREACHABLE) {
        throw e;
      }
      return answered(sending);
    }
  }

  /** Puts a body in the place of what is at a path. */
  Fields put(String path, Map<String, ?> body) {
    byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
    return answered(() -> {
      HttpURLConnection connection = open("PUT", path);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(json);
      }
      return connection;
    });
  }

  /** Removes what is at a path. */
  void delete(String path) {
    answered(() -> open("DELETE", path));
  }

  /**
   * The events of a task after the one with this id.
   *
   * @param lastId empty for all events
   * @return empty when the task has ended and all its events were had
   */
  Optional<EventStream> events(String task, String lastId) {
    try {
      HttpURLConnection connection = open("GET", path("/v1/tasks", task) + "/events");
      connection.setRequestProperty("Accept", "text/event-stream");
      connection.setReadTimeout(EVENT_MILLIS_MAX);
      if (!lastId.isEmpty()) {
        connection.setRequestProperty("Last-Event-ID", lastId);
      }
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_NO_CONTENT) {
        return Optional.empty();
      }
      if (status != HttpURLConnection.HTTP_OK) {
        throw ServerProblem.of(status, tree(body(connection)));
      }
      return Optional.of(new EventStream(connection.getInputStream()));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** What is at a path, as it comes; closed by whoever reads it. */
  InputStream download(String path) {
    try {
      HttpURLConnection connection = open("GET", path);
      connection.setRequestProperty("Accept", "application/x-ndjson");
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw ServerProblem.of(status, tree(body(connection)));
      }
      return connection.getInputStream();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Whether the server answers at all, now. */
  boolean alive() {
    try {
      HttpURLConnection connection = open("GET", "/livez");
      connection.setReadTimeout(CONNECT_MILLIS_MAX);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException _) {
      return false;
    }
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(server + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS_MAX);
    connection.setReadTimeout(ANSWER_MILLIS_MAX);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json");
    if (!key.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + key);
    }
    return connection;
  }

  private Fields answered(Sending sending) {
    try {
      HttpURLConnection connection = sending.send();
      int status = connection.getResponseCode();
      JsonNode answer = tree(body(connection));
      if (status < HttpURLConnection.HTTP_OK || status >= HttpURLConnection.HTTP_MULT_CHOICE) {
        throw ServerProblem.of(status, answer);
      }
      return new Fields(answer);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static byte[] body(HttpURLConnection connection) throws IOException {
    boolean failed = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
      if (in == null) {
        return new byte[0];
      }
      byte[] body = in.readNBytes(ANSWER_SIZE_MAX + 1);
      if (body.length > ANSWER_SIZE_MAX) {
        throw new CliException(
            ExitCode.FAILED, "The answer is larger than %d bytes.".formatted(ANSWER_SIZE_MAX));
      }
      return body;
    }
  }

  /** The answer as JSON; a proxy's page or nothing at all reads as an object without fields. */
  private static JsonNode tree(byte[] body) {
    try {
      return body.length == 0 ? JsonNodeFactory.instance.objectNode() : Json.readTree(body);
    } catch (JacksonException _) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private CliException unreachable(IOException e) {
    return new CliException(
        ExitCode.UNREACHABLE,
        "The server at %s does not answer (%s).".formatted(server, e.getClass().getSimpleName()));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A request on its way. */
  @FunctionalInterface
  private interface Sending {
    HttpURLConnection send() throws IOException;
  }
}
