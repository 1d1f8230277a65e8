package io.agentos.server.http;

import io.agentos.runtime.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of server-sent events, as browsers read them. */
final class EventReader implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private final List<String> comments = new ArrayList<>();

  /** An event. */
  record Event(int id, String type, String data) {
    JsonNode json() {
      return Json.mapperForTrees().readTree(data);
    }
  }

  private EventReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  static EventReader open(ApiClient client, String task) {
    try {
      return new EventReader(
          HTTP.send(
              client.request("GET", "/v1/tasks/" + task + "/events", BodyPublishers.noBody()),
              BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Reads a task's events until one of this type has come. */
  static void awaitEvent(ApiClient client, String task, String type) {
    try (EventReader reader = open(client, task)) {
      for (Event event = reader.next(); event != null; event = reader.next()) {
        if (event.type().equals(type)) {
          return;
        }
      }
    }
    throw new AssertionError("the task ended without " + type);
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  List<String> comments() {
    return comments;
  }

  /** The next event; null at the end of the stream. */
  @Nullable Event next() {
    int id = 0;
    String type = "";
    String data = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && id > 0) {
          return new Event(id, type, data);
        }
        if (line.startsWith(":")) {
          comments.add(line.substring(1).strip());
        } else if (line.startsWith("id: ")) {
          id = Integer.parseInt(line.substring(4));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
      return null;
    } catch (IOException e) {
      throw new AssertionError("the stream broke", e);
    }
  }

  /** All events to the end of the stream. */
  List<Event> rest() {
    List<Event> events = new ArrayList<>();
    for (Event event = next(); event != null; event = next()) {
      events.add(event);
    }
    return events;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
