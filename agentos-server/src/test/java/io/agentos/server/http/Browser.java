package io.agentos.server.http;

import io.agentos.api.TenantId;
import java.util.Optional;

/** A browser with at most one cookie of ours, and what a page of ours sends along. */
final class Browser {
  private final ApiClient client;
  private String cookie = "";
  private String token = "";

  Browser(int port) {
    this.client =
        new ApiClient(port, "")
            .with("Origin", "http://127.0.0.1:" + port)
            .with("Sec-Fetch-Site", "same-origin");
  }

  /** Signs in, and keeps cookie and token when it works. */
  Reply signIn(TenantId tenant, String email, String password) {
    return kept(
        client()
            .post(
                "/v1/session",
                "{\"tenant\":\"%s\",\"email\":\"%s\",\"password\":\"%s\"}"
                    .formatted(tenant, email, password)));
  }

  /** Signs in with the token of a link. */
  Reply signIn(String link) {
    return kept(client().post("/v1/session", "{\"link\":\"%s\"}".formatted(link)));
  }

  /** Keeps the cookie and the token of an answer. */
  Reply kept(Reply reply) {
    Optional<String> set = reply.header("Set-Cookie");
    if (set.isPresent()) {
      cookie = set.get().split(";", 2)[0];
      token = reply.json().at("/session/csrf_token").asString("");
    }
    return reply;
  }

  /** The cookie as it is sent. */
  String cookie() {
    return cookie;
  }

  String token() {
    return token;
  }

  /** What a page of ours sends. */
  ApiClient client() {
    return client.with("Cookie", cookie).with("X-CSRF-Token", token);
  }
}
