package io.agentos.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * Whatever a task says, the router answers, the same each time, and reads no more than its bound.
 */
final class RoutingFuzzTest {
  private static final Request.Target ANYBODY = new Request.Target(null, null, null);
  private static final TaskRouter ROUTER = new TaskRouter();
  private static final int TEXTS = 200;
  private static final int MEGABYTE = 1_000_000;

  /** Pieces that detectors and patterns look for, so that random texts come near them. */
  private static final List<String> PIECES =
      List.of(
          "create table ",
          "<html",
          "<manifest ",
          "apiVersion: v1\nkind: P",
          "@@ -1",
          "\n",
          "\t",
          ",",
          ";",
          "|",
          "12:00:01 ",
          "ERROR ",
          "{",
          "}",
          "\"$value\":",
          "[@",
          "(A, 2001)",
          "at a.b(",
          "\uD83D\uDE00",
          "\uD83D",
          "\u0000",
          "é",
          "質問",
          "схема",
          "# ",
          "row level security ",
          "migration ",
          "a",
          "0",
          " ",
          "...",
          "--- a/",
          "@article{",
          "https://x.example ");

  @RepeatedTest(5)
  void randomTexts_areAnsweredTheSameEachTime(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < TEXTS; i++) {
      TaskInput input = random.nextBoolean() ? text(random) : fields(random);

      Analysis analysis = analyse(input);

      assertThat(analysis).isEqualTo(analyse(input));
      assertThat(analysis.reason()).isNotBlank();
      assertThat(analysis.considered()).hasSizeLessThanOrEqualTo(TaskRouter.CONSIDERED_MAX);
      assertThat(analysis.agent() == null ? 1 : analysis.confidence()).isBetween(0.5, 1.0);
    }
  }

  @Test
  void whatStandsBeyondTheBound_isNotRead() {
    String asked = "check the citations of my paper ";
    for (String piece : PIECES) {
      String filled = asked + piece.repeat(MEGABYTE / piece.length());
      String cut = filled.substring(0, Reading.TEXT_LENGTH_MAX);

      assertThat(analyse(new TaskInput.Text(filled))).isEqualTo(analyse(new TaskInput.Text(cut)));
    }
  }

  @Test
  void shapes_ofAMegabyteOfOneLine_areToldByItsBeginning() {
    for (String piece : PIECES) {
      String line = piece.replace("\n", " ").repeat(MEGABYTE / piece.length());

      assertThat(Shapes.of(line)).isEqualTo(Shapes.of(line.substring(0, Shapes.READ_MAX)));
    }
  }

  @Test
  void manyInputs_areReadUpToABound() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      fields.put("f" + i, "migration");
    }

    assertThat(Reading.of(new TaskInput.Fields(fields), new Words(Lexicon.ENGLISH)).given())
        .hasSize(50);
  }

  @Test
  void everyShape_isNamedByItsConstant() {
    for (Shape shape : Shape.values()) {
      assertThat(shape.text()).matches("[a-z]+(-[a-z]+)*");
    }
  }

  private static Analysis analyse(TaskInput input) {
    return ROUTER.analyse(ANYBODY, input, LabelledRequests.PACKS);
  }

  private static TaskInput text(Random random) {
    return new TaskInput.Text(pieces(random));
  }

  private static TaskInput fields(Random random) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    List<String> names = List.of("schema", "folder", "page", "text", "x", "table", "log");
    for (int i = random.nextInt(4); i >= 0; i--) {
      Object value =
          switch (random.nextInt(4)) {
            case 0 -> 7L;
            case 1 -> List.of("a");
            case 2 -> Map.of("a", 1L);
            default -> pieces(random);
          };
      fields.put(names.get(random.nextInt(names.size())), random.nextInt(9) == 0 ? null : value);
    }
    return new TaskInput.Fields(fields);
  }

  private static String pieces(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(80); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      if (random.nextInt(5) == 0) {
        text.appendCodePoint(random.nextInt(0x110000));
      }
    }
    return text.toString();
  }
}
