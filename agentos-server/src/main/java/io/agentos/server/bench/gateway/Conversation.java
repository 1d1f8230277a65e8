package io.agentos.server.bench.gateway;

import io.agentos.api.Message;
import java.util.ArrayList;
import java.util.List;

/** What is asked: a conversation of about a given size, as messages and as JSON. */
record Conversation(List<String> texts, boolean stream) {
  static final String SYSTEM = "You answer in one sentence.";

  private static final int TEXT_BYTES_MAX = 4_096;
  private static final String LINE =
      "Row 17 of the table \"orders\" was read at 08:15; its state is 'paid', its total 42.50.\n";

  Conversation {
    texts = List.copyOf(texts);
  }

  /** Turns of at most 4 KB, {@code bytes} of text in all. */
  static Conversation ofBytes(int bytes, boolean stream) {
    List<String> texts = new ArrayList<>();
    for (int left = bytes; left > 0; left -= TEXT_BYTES_MAX) {
      int length = Math.min(left, TEXT_BYTES_MAX);
      texts.add(LINE.repeat(length / LINE.length() + 1).substring(0, length));
    }
    if (texts.size() % 2 == 0) {
      texts.add("Go on.");
    }
    return new Conversation(texts, stream);
  }

  /** User and assistant in turns, the user last. */
  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      messages.add(
          i % 2 == 0
              ? new Message.User(texts.get(i))
              : new Message.Assistant(texts.get(i), List.of()));
    }
    return messages;
  }

  /** The longest answer: calls that may be answered at length are streamed. */
  int outputTokensMax() {
    return stream ? 20_000 : 1_000;
  }

  /** The body of the same call of Chat Completions. */
  String json() {
    StringBuilder json = new StringBuilder("{\"model\":\"bench\",\"messages\":[");
    json.append("{\"role\":\"system\",\"content\":\"").append(SYSTEM).append("\"}");
    for (int i = 0; i < texts.size(); i++) {
      json.append(",{\"role\":\"")
          .append(i % 2 == 0 ? "user" : "assistant")
          .append("\",\"content\":\"")
          .append(texts.get(i).replace("\"", "\\\"").replace("\n", "\\n"))
          .append("\"}");
    }
    json.append("],\"max_completion_tokens\":").append(outputTokensMax());
    if (stream) {
      json.append(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }
    return json.append('}').toString();
  }
}
