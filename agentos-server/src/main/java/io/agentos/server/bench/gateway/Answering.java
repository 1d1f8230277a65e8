package io.agentos.server.bench.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How the upstream answers, as its path says: {@code /plain/DELAY_MILLIS/ANSWER_BYTES/…} or {@code
 * /stream/TOKENS/TOKENS_PER_SECOND/…}.
 */
sealed interface Answering {
  /** The path of a call below the base path that {@link #basePath} gives. */
  String CALL_PATH = "/chat/completions";

  /** What each streamed token is. */
  String TOKEN = "word ";

  /** The base path of calls that are answered so. */
  String basePath();

  /** One answer in one piece. */
  record Plain(Duration delay, int answerBytes) implements Answering {
    @Override
    public String basePath() {
      return "/plain/%d/%d/v1".formatted(delay.toMillis(), answerBytes);
    }

    /** The whole response. */
    byte[] response() {
      String body =
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1795000000,"
              + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
              + "\"content\":\""
              + "x".repeat(answerBytes)
              + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":250,"
              + "\"completion_tokens\":64,\"total_tokens\":314}}";
      return bytes(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                  .formatted(body.length())
              + body);
    }
  }

  /** Tokens at an even rate, the first after one interval. */
  record Stream(int tokens, int tokensPerSecond) implements Answering {
    @Override
    public String basePath() {
      return "/stream/%d/%d/v1".formatted(tokens, tokensPerSecond);
    }

    byte[] head() {
      return bytes(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** One token, as one event in one chunk. */
    byte[] token() {
      return bytes(chunk(event("{\"content\":\"" + TOKEN + "\"}", "null")));
    }

    /** How the stream ends: reason, usage, end mark and last chunk. */
    byte[] end() {
      String usage =
          "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,"
              + "\"model\":\"bench\",\"choices\":[],\"usage\":{\"prompt_tokens\":250,"
              + "\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n"
                  .formatted(tokens, 250 + tokens);
      return bytes(chunk(event("{}", "\"stop\"") + usage + "data: [DONE]\n\n") + "0\r\n\r\n");
    }

    private static String event(String delta, String finishReason) {
      return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
          + "\"created\":1795000000,\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":"
          + delta
          + ",\"finish_reason\":"
          + finishReason
          + "}]}\n\n";
    }

    private static String chunk(String text) {
      return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
  }

  /**
   * What a path asks for.
   *
   * @throws IllegalArgumentException when it asks for nothing that is known
   */
  static Answering of(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length > 3 && parts[1].equals("plain")) {
      return new Plain(Duration.ofMillis(Integer.parseInt(parts[2])), Integer.parseInt(parts[3]));
    }
    if (parts.length > 3 && parts[1].equals("stream")) {
      return new Stream(Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }
    throw new IllegalArgumentException("no such path of the upstream: " + path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
