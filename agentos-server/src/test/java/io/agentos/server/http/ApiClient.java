package io.agentos.server.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A caller with one key. Every answer is held against the OpenAPI document. */
final class ApiClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> headers = new LinkedHashMap<>();

  ApiClient(int port, String key) {
    this.port = port;
    if (!key.isEmpty()) {
      headers.put("Authorization", "Bearer " + key);
    }
    headers.put("Content-Type", "application/json");
  }

  private ApiClient(int port, Map<String, String> headers) {
    this.port = port;
    this.headers.putAll(headers);
  }

  /** The same caller with one more header, or with another value of it; empty for without. */
  ApiClient with(String header, String value) {
    ApiClient other = new ApiClient(port, headers);
    other.headers.remove(header);
    if (!value.isEmpty()) {
      other.headers.put(header, value);
    }
    return other;
  }

  Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  Reply post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body));
  }

  Reply put(String path, String body) {
    return send("PUT", path, BodyPublishers.ofString(body));
  }

  Reply post(String path) {
    return with("Content-Type", "").send("POST", path, BodyPublishers.noBody());
  }

  Reply send(String method, String path, BodyPublisher body) {
    try {
      HttpResponse<String> response =
          HTTP.send(request(method, path, body), BodyHandlers.ofString());
      Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
      ApiDocument.check(method, path, reply);
      return reply;
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  HttpRequest request(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(90))
            .method(method, body);
    headers.forEach(request::header);
    return request.build();
  }
}
