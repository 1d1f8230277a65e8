package io.agentos.server.http;

import io.agentos.runtime.json.Json;
import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API answered. */
record Reply(int status, HttpHeaders headers, String body) {
  JsonNode json() {
    return Json.mapperForTrees().readTree(body);
  }

  String text(String member) {
    return json().required(member).asString();
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The code of a problem document. */
  String code() {
    return text("code");
  }

  /** The paths of the fields that a problem document names. */
  java.util.List<String> paths() {
    return json().path("errors").valueStream().map(error -> error.path("path").asString()).toList();
  }
}
