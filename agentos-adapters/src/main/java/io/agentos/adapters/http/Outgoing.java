package io.agentos.adapters.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A POST as it is sent.
 *
 * @param headers visible ASCII, without those that the connection makes
 * @param headBy when the head of the answer must be there
 */
record Outgoing(URI uri, Map<String, String> headers, SentBody body, Deadline headBy) {

  /** As the JDK's client takes it. */
  HttpRequest toRequest() {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(headBy.left()).POST(body);
    headers.forEach(request::setHeader);
    return request.build();
  }

  /** The first line and the headers as they travel, with the empty line after them. */
  byte[] head() {
    StringBuilder head = new StringBuilder(512);
    head.append("POST ").append(target()).append(" HTTP/1.1\r\nHost: ");
    head.append(uri.getRawAuthority()).append("\r\nContent-Length: ").append(body.contentLength());
    headers.forEach((name, value) ->
        head.append("\r\n").append(name).append(": ").append(oneLine(name, value)));
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String target() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static String oneLine(String name, String value) {
    if (value.chars().anyMatch(next -> next < ' ' || next > '~')) {
      throw new IllegalArgumentException("header " + name + " is not of visible ASCII on one line");
    }
    return value;
  }
}
