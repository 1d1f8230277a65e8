package io.agentos.server.http;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds what JSON can say and nobody can store or compute with. */
final class TextCheck {
  /** Powers of ten beyond this are no number anybody counts with. */
  private static final int EXPONENT_MAX = 400;

  private TextCheck() {}

  /** Notes each text that is not Unicode, and each number that is beyond all measure. */
  static void check(JsonNode tree, FieldProblems problems) {
    check(tree, "", problems);
  }

  private static void check(JsonNode node, String path, FieldProblems problems) {
    switch (node.getNodeType()) {
      case STRING -> checkText(node.stringValue(), path, problems);
      case NUMBER -> checkNumber(node.decimalValue(), path, problems);
      case OBJECT -> {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          String name = RequestFields.member(path, member.getKey());
          checkText(member.getKey(), name, problems);
          check(member.getValue(), name, problems);
        }
      }
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          check(node.get(i), path + "[" + i + "]", problems);
        }
      }
      case BOOLEAN, NULL, BINARY, MISSING, POJO -> {
        // Nothing that could be wrong.
      }
    }
  }

  private static void checkText(String text, String path, FieldProblems problems) {
    if (!isUnicode(text)) {
      problems.add(path, "holds half of a surrogate pair, which UTF-8 cannot write");
    }
  }

  private static void checkNumber(BigDecimal number, String path, FieldProblems problems) {
    long exponent = (long) number.precision() - number.scale();
    if (Math.abs(exponent) > EXPONENT_MAX) {
      problems.add(path, "is a number beyond 1e±%d; send it as a text".formatted(EXPONENT_MAX));
    }
  }

  /** Whether a text has no surrogate without its other half. */
  static boolean isUnicode(String text) {
    return text.codePoints()
        .noneMatch(point -> Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE);
  }
}
