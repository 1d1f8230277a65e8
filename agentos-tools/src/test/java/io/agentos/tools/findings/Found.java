package io.agentos.tools.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads findings out of the fields of a result. */
public final class Found {
  private Found() {}

  /** Each as {@code severity rule place}, in the order of the result. */
  public static List<String> in(ToolResult result) {
    assertThat(result.failed()).as(result.text()).isFalse();
    List<String> found = new ArrayList<>();
    for (Map<?, ?> one : findings(result)) {
      found.add("%s %s %s".formatted(one.get("severity"), one.get("rule"), one.get("place")));
    }
    return found;
  }

  /** One field of the only finding of a rule at a place. */
  public static String field(ToolResult result, String rule, String place, String field) {
    List<String> values =
        findings(result).stream()
            .filter(one -> rule.equals(one.get("rule")) && place.equals(one.get("place")))
            .map(one -> String.valueOf(one.get(field)))
            .toList();
    assertThat(values).as(result.text()).hasSize(1);
    return values.getFirst();
  }

  /** The page on one line, with one blank for what is between its words. */
  public static String page(ToolResult result) {
    return result.text().replaceAll("\\s+", " ");
  }

  /** Asserts that a result failed with these words. */
  public static void assertFailure(ToolResult result, String text) {
    assertThat(result.text()).isEqualTo(text);
    assertThat(result.failed()).isTrue();
  }

  private static List<Map<?, ?>> findings(ToolResult result) {
    List<Map<?, ?>> found = new ArrayList<>();
    if (result.fields().get("findings") instanceof List<?> list) {
      list.forEach(one -> found.add((Map<?, ?>) one));
    }
    return found;
  }
}
