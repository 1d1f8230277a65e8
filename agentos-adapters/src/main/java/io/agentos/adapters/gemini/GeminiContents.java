package io.agentos.adapters.gemini;

import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as Gemini wants it: what became of the calls of a turn stands together behind it,
 * in the order of the calls, for those without an id are matched by it.
 *
 * <p>Signatures and ids go back unchanged to the model that gave them, and to no other.
 */
final class GeminiContents {
  /** Google's word for a call that comes from elsewhere and so has no signature. */
  private static final String NO_SIGNATURE = "skip_thought_signature_validator";

  private final String provider;
  private final String model;
  private final boolean wantsSignatures;
  private final List<GeminiWire.SentContent> contents = new ArrayList<>();
  private final List<Message.ToolAnswer> answers = new ArrayList<>();
  private List<ToolCall> calls = List.of();
  private final Map<String, String> ownIds = new HashMap<>();

  /**
   * @param provider whose seals may be sent
   * @param model that is asked
   */
  GeminiContents(String provider, String model) {
    this.provider = provider;
    this.model = model;
    this.wantsSignatures = GeminiModel.of(model).wantsSignatures();
  }

  /** The contents of a conversation. */
  List<GeminiWire.SentContent> of(List<Message> messages) {
    for (Message message : messages) {
      if (message instanceof Message.ToolAnswer answer) {
        answers.add(answer);
        continue;
      }
      addAnswers();
      switch (message) {
        case Message.User user -> add("user", user(user));
        case Message.Assistant assistant -> {
          calls = assistant.toolCalls();
          add("model", assistant(assistant));
        }
        case Message.ToolAnswer _ -> {}
      }
    }
    addAnswers();
    return List.copyOf(contents);
  }

  private void add(String role, List<GeminiWire.Sent> parts) {
    if (!parts.isEmpty()) {
      contents.add(new GeminiWire.SentContent(role, parts));
    }
  }

  private void addAnswers() {
    List<String> order = calls.stream().map(ToolCall::id).toList();
    answers.sort(Comparator.comparingInt(answer -> place(order, answer.callId())));
    add("user", answers.stream().map(this::response).toList());
    answers.clear();
  }

  private static int place(List<String> order, String callId) {
    int place = order.indexOf(callId);
    return place < 0 ? order.size() : place;
  }

  private GeminiWire.Sent response(Message.ToolAnswer answer) {
    return GeminiWire.Sent.response(
        new GeminiWire.SentResponse(
            ownIds.get(answer.callId()),
            GeminiToolNames.toWire(answer.tool()),
            Map.of(answer.failed() ? "error" : "result", answer.text())));
  }

  private static List<GeminiWire.Sent> user(Message.User user) {
    List<GeminiWire.Sent> parts = new ArrayList<>();
    for (Image image : user.images()) {
      parts.add(GeminiWire.Sent.image(new GeminiWire.Picture(image.mediaType(), image.base64())));
    }
    if (!user.text().isEmpty()) {
      parts.add(GeminiWire.Sent.text(user.text(), null));
    }
    return parts;
  }

  private List<GeminiWire.Sent> assistant(Message.Assistant assistant) {
    boolean own = assistant.provider().equals(provider);
    List<GeminiWire.Sent> parts = new ArrayList<>();
    boolean called = false;
    for (Part part : assistant.parts()) {
      switch (part) {
        case Part.Text(String text, String seal) -> {
          String signature = signature(seal(own, seal));
          if (!text.isEmpty() || signature != null) {
            parts.add(GeminiWire.Sent.text(text, signature));
          }
        }
        case Part.Thought(String text, String seal) -> {
          String signature = signature(seal(own, seal));
          if (signature != null) {
            parts.add(GeminiWire.Sent.thought(text, signature));
          }
        }
        case Part.Call(ToolCall call, String seal) -> {
          parts.add(call(call, seal(own, seal), !called));
          called = true;
        }
      }
    }
    return parts;
  }

  private GeminiWire.Sent call(ToolCall call, Optional<GeminiSeal> seal, boolean first) {
    String id = seal.map(GeminiSeal::callId).filter(own -> !own.isEmpty()).orElse(null);
    if (id != null) {
      ownIds.put(call.id(), id);
    }
    String signature = signature(seal);
    if (signature == null && first && wantsSignatures) {
      signature = NO_SIGNATURE;
    }
    return GeminiWire.Sent.call(
        new GeminiWire.SentCall(id, GeminiToolNames.toWire(call.tool()), call.arguments()),
        signature);
  }

  private Optional<GeminiSeal> seal(boolean own, String text) {
    return own ? GeminiSeal.read(text).filter(seal -> seal.isOf(model)) : Optional.empty();
  }

  private static @Nullable String signature(Optional<GeminiSeal> seal) {
    return seal.map(GeminiSeal::signature).filter(text -> !text.isEmpty()).orElse(null);
  }
}
