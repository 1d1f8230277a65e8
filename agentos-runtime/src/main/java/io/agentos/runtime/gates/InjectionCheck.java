package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Message;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.gates.CheckpointTexts.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Signs that a text gives orders to the model that reads it: in the input of a task, in what tools
 * answered.
 *
 * <p>A hint for people, not a promise: whoever writes for a model can write so that no list of
 * signs knows it. What holds is what gates and policies do before a tool runs.
 */
record InjectionCheck(GateCheck.Injection options) implements Check {
  private static final int NEAR = 8;

  private static final Set<String> DISMISS =
      Set.of("ignore", "disregard", "forget", "override", "bypass", "discard");
  private static final Set<String> EARLIER =
      Set.of("previous", "prior", "above", "earlier", "preceding", "all", "your", "any", "system");
  private static final Set<String> ORDERS =
      Set.of(
          "instructions",
          "instruction",
          "prompt",
          "prompts",
          "rules",
          "directions",
          "guidelines",
          "orders",
          "context",
          "guardrails");
  private static final Set<String> REVEAL =
      Set.of("reveal", "print", "show", "repeat", "leak", "output", "display");
  private static final Set<String> SILENCE = Set.of("tell", "inform", "mention", "notify", "alert");
  private static final Set<String> SILENT = Set.of("telling", "informing", "notifying");
  private static final Set<String> NEGATIONS = Set.of("not", "never", "don");
  private static final Set<String> PEOPLE = Set.of("user", "human", "owner", "anyone", "operator");

  /** What marks whose turn it is, in the formats of chat models. */
  private static final List<String> MARKS =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<|system|>",
          "<|user|>",
          "<|assistant|>",
          "<|eot_id|>",
          "<|start_header_id|>",
          "[inst]",
          "[/inst]",
          "<<sys>>",
          "</system>",
          "<system>",
          "<important>",
          "<information>",
          "\nsystem:",
          "\nassistant:",
          "### system",
          "### instruction");

  /** What speaks for an order. */
  private enum Sign {
    DISMISSAL,
    NEW_ROLE,
    TURN_MARK,
    SECRECY,
    PROMPT_WANTED,
    HIDDEN_TEXT
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    List<String> findings = new ArrayList<>();
    for (Place place : places(checkpoint)) {
      Set<Sign> signs = signs(place.text());
      if (signs.size() >= options.signsMin()) {
        findings.add(
            "Something %s reads like orders to a model (%s)."
                .formatted(place.where(), words(signs)));
      }
    }
    return consequence.of(findings);
  }

  private static List<Place> places(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask _ -> CheckpointTexts.of(checkpoint);
      case Checkpoint.BeforeModel before -> answers(before.call().messages());
      case Checkpoint.BeforeTool before ->
          before.seen().texts().stream()
              .map(text -> new Place("in what " + text.origin() + " read", text.text()))
              .toList();
      case Checkpoint.BeforeOutput _ -> List.of();
    };
  }

  private static List<Place> answers(List<Message> messages) {
    List<Place> places = new ArrayList<>();
    for (Message message : messages.reversed()) {
      if (message instanceof Message.Assistant) {
        break;
      }
      if (message instanceof Message.ToolAnswer answer) {
        places.add(new Place("in what " + answer.tool() + " read", answer.text()));
      }
    }
    return places.reversed();
  }

  private static Set<Sign> signs(String text) {
    Set<Sign> signs = EnumSet.noneOf(Sign.class);
    if (text.codePoints().anyMatch(InjectionCheck::hides)) {
      signs.add(Sign.HIDDEN_TEXT);
    }
    String lower = "\n" + Plain.visible(text).toLowerCase(Locale.ROOT);
    if (MARKS.stream().anyMatch(lower::contains)) {
      signs.add(Sign.TURN_MARK);
    }
    List<String> words = Plain.words(text);
    for (int i = 0; i < words.size(); i++) {
      List<String> near = words.subList(i + 1, Math.min(words.size(), i + 1 + NEAR));
      sign(words.get(i), near, signs);
    }
    return signs;
  }

  private static void sign(String word, List<String> near, Set<Sign> signs) {
    if (DISMISS.contains(word) && any(near, EARLIER) && any(near, ORDERS)) {
      signs.add(Sign.DISMISSAL);
    }
    if ((word.equals("you") && begins(near, "are", "now"))
        || (word.equals("new") && begins(near, "instructions"))
        || (word.equals("from") && begins(near, "now", "on", "you"))
        || (word.equals("pretend") && begins(near, "to", "be"))) {
      signs.add(Sign.NEW_ROLE);
    }
    boolean silence = NEGATIONS.contains(word) && any(near, SILENCE);
    boolean unknown = word.equals("without") && any(near, SILENT);
    if ((silence || unknown) && any(near, PEOPLE)) {
      signs.add(Sign.SECRECY);
    }
    if (REVEAL.contains(word)
        && any(near, Set.of("system", "hidden", "initial"))
        && any(near, Set.of("prompt", "instructions", "message"))) {
      signs.add(Sign.PROMPT_WANTED);
    }
  }

  private static boolean any(List<String> near, Set<String> wanted) {
    return near.stream().anyMatch(wanted::contains);
  }

  private static boolean begins(List<String> near, String... wanted) {
    return near.size() >= wanted.length && near.subList(0, wanted.length).equals(List.of(wanted));
  }

  /** Unicode tags and the signs that turn the direction of text: nobody writes them by hand. */
  private static boolean hides(int c) {
    return (c >= 0xE0000 && c <= 0xE007F)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String words(Set<Sign> signs) {
    return String.join(
        ", ",
        signs.stream()
            .map(sign -> sign.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .toList());
  }
}
