package io.agentos.runtime.models;

import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.Part;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.json.Json;
import java.util.List;

/** How long a prompt is, as far as that can be said without the vendor's tokenizer. */
final class PromptSize {
  /** What vendors charge for one picture of the usual size. */
  private static final long IMAGE_TOKENS = 1_600;

  private static final int CHARS_PER_TOKEN = 4;
  private static final int OVERHEAD_TOKENS = 8;

  /** More than any vendor charges for one picture at any setting. */
  private static final long IMAGE_TOKENS_MAX = 65_536;

  /** What vendors put around each message, part and tool, and around tools as such. */
  private static final long FRAME_TOKENS_MAX = 64;

  private static final long TOOLS_TOKENS_MAX = 2_048;

  private PromptSize() {}

  /**
   * More tokens than the prompt of {@code request} can have with any tokenizer: each token stands
   * for at least one byte of text.
   */
  static long tokensMax(ModelRequest request) {
    long tokens = FRAME_TOKENS_MAX + bytes(request.system());
    for (Message message : request.messages()) {
      tokens += FRAME_TOKENS_MAX + bytesOf(message);
      tokens += message instanceof Message.User user ? user.images().size() * IMAGE_TOKENS_MAX : 0;
    }
    for (ToolSpec tool : request.tools()) {
      tokens +=
          FRAME_TOKENS_MAX
              + bytes(tool.name())
              + bytes(tool.description())
              + bytes(Json.write(tool.inputSchema()));
    }
    return tokens + (request.tools().isEmpty() ? 0 : TOOLS_TOKENS_MAX);
  }

  private static long bytesOf(Message message) {
    return switch (message) {
      case Message.User(String text, var _) -> bytes(text);
      case Message.ToolAnswer answer ->
          bytes(answer.callId()) + bytes(answer.tool()) + bytes(answer.text());
      case Message.Assistant assistant ->
          assistant.parts().stream().mapToLong(part -> FRAME_TOKENS_MAX + bytesOf(part)).sum();
    };
  }

  private static long bytesOf(Part part) {
    return switch (part) {
      case Part.Text(String text, String seal) -> bytes(text) + bytes(seal);
      case Part.Thought(String text, String seal) -> bytes(text) + bytes(seal);
      case Part.Call(var call, String seal) ->
          bytes(call.id()) + bytes(call.tool()) + bytes(Json.write(call.arguments())) + bytes(seal);
    };
  }

  private static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      // Two chars of a surrogate pair make four bytes; each is counted as three.
      bytes += text.charAt(i) < 0x80 ? 0 : text.charAt(i) < 0x800 ? 1 : 2;
    }
    return bytes;
  }

  /** About how many tokens the prompt of {@code request} has; real text is 3 to 5 chars a token. */
  static long tokens(ModelRequest request) {
    return tokens(request.system(), request.messages(), request.tools());
  }

  static long tokens(String system, List<Message> messages, List<ToolSpec> tools) {
    long chars = system.length();
    long images = 0;
    for (Message message : messages) {
      chars += chars(message);
      images += message instanceof Message.User user ? user.images().size() : 0;
    }
    for (ToolSpec tool : tools) {
      chars +=
          tool.name().length()
              + tool.description().length()
              + Json.write(tool.inputSchema()).length();
    }
    return ofChars(chars) + images * IMAGE_TOKENS + (long) OVERHEAD_TOKENS * messages.size();
  }

  /** About how many tokens a text of this length has. */
  static long ofChars(long chars) {
    return Math.ceilDiv(chars, CHARS_PER_TOKEN);
  }

  private static long chars(Message message) {
    return switch (message) {
      case Message.User(String text, var _) -> text.length();
      case Message.ToolAnswer answer -> answer.text().length();
      case Message.Assistant assistant ->
          assistant.parts().stream().mapToLong(PromptSize::chars).sum();
    };
  }

  private static long chars(Part part) {
    return switch (part) {
      case Part.Text(String text, String seal) -> text.length() + seal.length();
      case Part.Thought(String text, String seal) -> text.length() + seal.length();
      case Part.Call(var call, String seal) ->
          call.tool().length() + Json.write(call.arguments()).length() + seal.length();
    };
  }
}
