package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Server-sent events, as they come. Not thread-safe: one reader.
 *
 * <p>Only what the server sends is understood: {@code id}, {@code event} and {@code data} of one or
 * more lines, ended by an empty line; comments and other fields are skipped.
 */
final class EventStream implements AutoCloseable {
  private static final int LINE_LENGTH_MAX = 16 * 1024 * 1024;

  private final BufferedReader in;

  EventStream(InputStream in) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Waits for the next event; empty when the stream has ended, cut or not. */
  Optional<Event> next() {
    String id = "";
    String type = "";
    StringBuilder data = new StringBuilder();
    try {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        String text = line.get();
        if (text.isEmpty() && !data.isEmpty()) {
          return Optional.of(
              new Event(
                  id,
                  type,
                  new Fields(Json.readTree(data.toString().getBytes(StandardCharsets.UTF_8)))));
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).replaceFirst("^ ", "");
        switch (field) {
          case "id" -> id = value;
          case "event" -> type = value;
          case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
          default -> {}
        }
      }
      return Optional.empty();
    } catch (IOException | JacksonException _) {
      // A cut stream is resumed after the last whole event, so half an event is none.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException _) {
      // Nothing is lost: what was read is read.
    }
  }

  private Optional<String> line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      if (line.length() == LINE_LENGTH_MAX) {
        throw new IOException("a line of an event is too long");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return Optional.empty();
  }
}
