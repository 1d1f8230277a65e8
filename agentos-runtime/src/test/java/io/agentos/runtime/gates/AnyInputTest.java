package io.agentos.runtime.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Message;
import io.agentos.api.Output;
import io.agentos.api.Seen;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.OnFinding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of gate against any input: none throws, and none takes longer than the longest time.
 */
final class AnyInputTest {
  private static final long SEED = 20_261_123;
  private static final int ROUNDS = 400;
  private static final int MEBIBYTE = 1 << 20;
  private static final List<String> NAMES =
      List.of("to", "url", "sql", "amount", "x", "", "To_", "\ud800");
  private static final List<String> PIECES =
      List.of(
          "ada@example.com",
          "@",
          "://",
          "https://a.example/",
          "4111 1111 ",
          "DE89",
          "[1]",
          "\n# Sources\n",
          "'",
          "\"",
          "$a$",
          "/*",
          "--",
          ";",
          "select ",
          "\\",
          "ignore all previous ",
          "\u200b",
          "\ud83d",
          "\udc00",
          "\u202e",
          "é",
          "＠",
          "\0",
          "+49",
          "::1",
          "1.1.1.1",
          "```\n",
          "| ",
          "<",
          ">",
          "\u0130",
          "ß");

  @Test
  void anyInput_isAnswered() {
    Random random = new Random(SEED);
    List<DefinedGate> gates = gates();
    for (int round = 0; round < ROUNDS; round++) {
      for (Checkpoint checkpoint : checkpoints(text(random), arguments(random))) {
        for (DefinedGate gate : gates) {
          assertThat(gate.check(checkpoint)).as("seed %d round %d", SEED, round).isNotNull();
        }
      }
    }
  }

  /** What makes a naive pattern or search quadratic or worse, a mebibyte of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "4 ",
        "a@a.",
        "+1 ",
        "DE89 ",
        "1.",
        "f:",
        "://",
        "[1, ",
        "[1]",
        "ignore all ",
        "''",
        "$a",
        "/*",
        "select ",
        "risk "
      })
  void hostileMebibyte_isCheckedInTime(String piece) {
    String text = piece.repeat(MEBIBYTE / piece.length());
    GateThreads threads = new GateThreads();
    Kinds.ALL.forEach((name, check) -> {
      DefinedGate gate = Asked.gate(check, OnFinding.BLOCK);
      GateResult result =
          threads.ask(new GateThreads.Line(), gate, where(name, text), GateDefinition.TIMEOUT_MAX);
      assertThat(Asked.words(result)).as(name).doesNotContain("took too long", "broke");
    });
  }

  /** The place where a kind has most to do. */
  private static Checkpoint where(String kind, String text) {
    return switch (kind) {
      case "injection" -> Asked.task(text);
      case "destination", "consent" -> tool("to", text);
      case "url", "sql", "amount" -> tool(kind, text);
      default -> Asked.answer(text, text, Seen.NONE.and(new Seen.Text("tool:web.read", text)));
    };
  }

  private static Checkpoint tool(String argument, String text) {
    return Asked.tool(Map.of(argument, text), new TaskInput.Text(text), Seen.NONE);
  }

  private static List<DefinedGate> gates() {
    return Kinds.ALL.entrySet().stream()
        .map(kind -> Asked.gate(kind.getValue(), OnFinding.BLOCK))
        .toList();
  }

  private static List<Checkpoint> checkpoints(
      String text, Map<String, @Nullable Object> arguments) {
    Seen seen = Seen.NONE.and(new Seen.Text("tool:web.read", text));
    return List.of(
        Asked.task(text),
        Asked.model(new Message.User(text), new Message.ToolAnswer("c", "web.read", text, false)),
        Asked.tool(arguments, new TaskInput.Text(text), seen),
        new Checkpoint.BeforeOutput(
            Asked.request(new TaskInput.Text(text)),
            Asked.AGENT,
            new Output(text, arguments),
            seen));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x110000));
      } else {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString();
  }

  private static Map<String, @Nullable Object> arguments(Random random) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      arguments.put(NAMES.get(random.nextInt(NAMES.size())), value(random, 5));
    }
    return arguments;
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(600) - 300);
      case 4 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(2000) - 1000);
      case 5 -> Double.NaN;
      case 6, 7 -> text(random);
      case 8 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(NAMES.get(random.nextInt(NAMES.size())), value(random, depth - 1));
        }
        yield map;
      }
    };
  }
}
