package io.agentos.runtime.privacy;

import io.agentos.api.Completion;
import io.agentos.api.Message;
import io.agentos.api.ModelEvent;
import io.agentos.api.ModelRequest;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import io.agentos.runtime.redaction.Counts;
import io.agentos.runtime.redaction.Marks;
import io.agentos.spi.ModelListener;
import java.util.List;

/**
 * A request of which the tenant's rules kept back what they name, and the way back for its answer.
 * Only {@link Privacy} makes one, and only one can be sent to a provider.
 *
 * <p>Of one thread.
 */
public final class Concealed {
  private final ModelRequest request;
  private final Tokens tokens;
  private final Counts counts;

  Concealed(ModelRequest request, Tokens tokens, Counts counts) {
    this.request = request;
    this.tokens = tokens;
    this.counts = counts;
  }

  /** What may be sent. */
  public ModelRequest request() {
    return request;
  }

  /** How many values were kept back. */
  public Counts counts() {
    return counts;
  }

  /** The same for a shorter answer. */
  public Concealed within(int outputTokensMax) {
    ModelRequest shorter =
        new ModelRequest(
            request.key(),
            request.model(),
            request.system(),
            request.messages(),
            request.tools(),
            outputTokensMax,
            request.options());
    return new Concealed(shorter, tokens, counts);
  }

  /** The answer with the values that its tokens stand for. */
  public Completion reveal(Completion completion) {
    if (tokens.isEmpty()) {
      return completion;
    }
    List<Part> parts = completion.message().parts().stream().map(this::reveal).toList();
    return new Completion(
        new Message.Assistant(parts, completion.message().provider()),
        completion.stopReason(),
        completion.tokens(),
        completion.provider(),
        completion.model(),
        completion.requestId());
  }

  /** Tells {@code listener} what comes, with values for tokens, also for one that came in parts. */
  public Revealing revealing(ModelListener listener) {
    return new Revealing(listener);
  }

  /** Of one thread. */
  public final class Revealing implements ModelListener {
    private final ModelListener next;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();

    private Revealing(ModelListener next) {
      this.next = next;
    }

    @Override
    public void on(ModelEvent event) {
      switch (event) {
        case ModelEvent.Text(String more) -> {
          flush(thought, true, false);
          text.append(more);
          flush(text, false, true);
        }
        case ModelEvent.Thought(String more) -> {
          flush(text, true, true);
          thought.append(more);
          flush(thought, false, false);
        }
        case ModelEvent.Call(ToolCall call) -> {
          end();
          next.on(new ModelEvent.Call(reveal(call)));
        }
        case ModelEvent.Started _, ModelEvent.Limits _, ModelEvent.Unsettled _ -> next.on(event);
      }
    }

    /** Tells what was held back because it might have been the beginning of a token. */
    public void end() {
      flush(thought, true, false);
      flush(text, true, true);
    }

    private void flush(StringBuilder held, boolean all, boolean said) {
      int to = all ? held.length() : whole(held);
      if (to > 0) {
        String told = reveal(held.substring(0, to));
        held.delete(0, to);
        next.on(said ? new ModelEvent.Text(told) : new ModelEvent.Thought(told));
      }
    }
  }

  /** Up to where no token has begun that has not ended. */
  private static int whole(CharSequence text) {
    int from = Math.max(0, text.length() - Marks.lengthMax());
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '<' && Marks.end(text, i, text.length()) < 0) {
        return i;
      }
    }
    return text.length();
  }

  private Part reveal(Part part) {
    return switch (part) {
      case Part.Text(String text, String seal) -> new Part.Text(reveal(text), seal);
      case Part.Thought(String text, String seal) -> new Part.Thought(reveal(text), seal);
      case Part.Call(ToolCall call, String seal) -> new Part.Call(reveal(call), seal);
    };
  }

  private ToolCall reveal(ToolCall call) {
    return new ToolCall(call.id(), call.tool(), Values.members(call.arguments(), this::reveal));
  }

  private String reveal(String text) {
    StringBuilder revealed = new StringBuilder(text.length());
    int from = 0;
    for (int i = text.indexOf('<'); i >= 0; i = text.indexOf('<', Math.max(i + 1, from))) {
      int end = Marks.end(text, i, text.length());
      String value = end > 0 ? tokens.value(text.substring(i, end)) : null;
      if (value != null) {
        revealed.append(text, from, i).append(value);
        from = end;
      }
    }
    return from == 0 ? text : revealed.append(text, from, text.length()).toString();
  }
}
