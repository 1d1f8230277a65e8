package io.agentos.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the findings of a result, as programs do. */
public record Found(
    String rule, String severity, int line, String target, String message, String fix) {

  /** All findings of a result that has not failed. */
  public static List<Found> in(ToolResult result) {
    assertThat(result.failed()).as(result.text()).isFalse();
    List<Found> found = new ArrayList<>();
    if (result.fields().get("findings") instanceof List<?> findings) {
      for (Object finding : findings) {
        Map<?, ?> fields = (Map<?, ?>) finding;
        found.add(
            new Found(
                String.valueOf(fields.get("rule")),
                String.valueOf(fields.get("severity")),
                (Integer) fields.get("line"),
                String.valueOf(fields.get("target")),
                String.valueOf(fields.get("message")),
                String.valueOf(fields.get("fix"))));
      }
    }
    return found;
  }

  /** Each finding as {@code severity rule:line target}. */
  public static List<String> lines(ToolResult result) {
    return in(result).stream().map(Found::toLine).toList();
  }

  /** The first finding of a rule. */
  public static Found first(ToolResult result, String rule) {
    return in(result).stream()
        .filter(found -> found.rule().equals(rule))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding of " + rule + " in " + result.text()));
  }

  /** The page, with one blank where it has several, or breaks a line. */
  public static String words(ToolResult result) {
    return result.text().replaceAll("\\s+", " ");
  }

  /** The rules that have findings, each once. */
  public static List<String> rules(ToolResult result) {
    return in(result).stream().map(Found::rule).distinct().toList();
  }

  private String toLine() {
    return "%s %s:%d %s".formatted(severity, rule, line, target);
  }

  /** A file of the examples. */
  public static String example(String path) {
    try {
      return Files.readString(Path.of("..", "examples").resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
