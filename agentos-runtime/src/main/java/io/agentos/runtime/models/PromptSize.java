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

  private PromptSize() {}

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
