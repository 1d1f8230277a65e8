package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.EventHandler;
import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.Completion;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of Messages that comes as a stream of events.
 *
 * <p>It ends with {@code message_stop}. Pings and events not known are passed over. Not
 * thread-safe.
 */
final class AnthropicStream implements EventHandler {
  private final AnthropicAsked asked;
  private final AnthropicBlocks blocks;
  private final AnthropicUsage usage = new AnthropicUsage();
  private @Nullable String model;
  private boolean begun;
  private AnthropicWire.@Nullable Delta end;
  private boolean counted;
  private @Nullable Completion completion;

  AnthropicStream(AnthropicAsked asked, ModelListener listener) {
    this.asked = asked;
    this.blocks = new AnthropicBlocks(asked, listener);
  }

  @Override
  public boolean on(ProviderAnswer head, String event, String data) {
    AnthropicWire.Event wire = head.read(data, AnthropicWire.Event.class);
    if (wire.error() != null && !wire.error().isNull()) {
      throw head.failedWithin(wire.error());
    }
    switch (wire.type()) {
      case "message_start" -> begin(head, wire.message());
      case "content_block_start" -> {
        if (wire.contentBlock() == null) {
          throw head.broken("a block without content");
        }
        blocks.begin(head, wire.index(), wire.contentBlock());
      }
      case "content_block_delta" -> {
        if (wire.delta() != null) {
          blocks.more(head, wire.index(), wire.delta());
        }
      }
      case "content_block_stop" -> blocks.end(head);
      case "message_delta" -> finish(wire);
      case "message_stop" -> {
        completion = completed(head);
        return true;
      }
      case null -> throw head.broken("an event without a type");
      default -> {} // ping, and what comes next year
    }
    return false;
  }

  /** The last count; while the answer is under way that of its beginning. */
  @Override
  public @Nullable Tokens seen() {
    return usage.tokens();
  }

  /** The answer; null unless it has come whole. */
  @Nullable Completion completion() {
    return completion;
  }

  private void begin(ProviderAnswer head, AnthropicWire.@Nullable Answer message) {
    if (message == null) {
      throw head.broken("no message");
    }
    if (begun) {
      throw head.broken("a second message");
    }
    begun = true;
    model = message.model();
    usage.take(message.usage());
  }

  /** There may be more than one of them: what is said later counts. */
  private void finish(AnthropicWire.Event wire) {
    if (wire.delta() != null && wire.delta().stopReason() != null) {
      end = wire.delta();
    }
    if (wire.usage() != null && wire.usage().path("output_tokens").isNumber()) {
      counted = true;
    }
    usage.take(wire.usage());
  }

  private Completion completed(ProviderAnswer head) {
    if (!counted) {
      usage.forgetOutput();
    }
    AnthropicWire.Answer ended =
        new AnthropicWire.Answer(
            null,
            model,
            null,
            end == null ? null : end.stopReason(),
            end == null ? null : end.stopDetails(),
            null,
            null);
    return AnthropicAnswer.completion(head, asked, blocks, usage, ended);
  }
}
