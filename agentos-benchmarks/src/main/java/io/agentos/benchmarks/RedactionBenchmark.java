package io.agentos.benchmarks;

import io.agentos.runtime.redaction.Redactor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A text as it goes to a model or into a log, redacted: by the redactor, and by seven regular
 * expressions of the usual kind, which check nothing and undo no encoding.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RedactionBenchmark {
  private static final List<Pattern> PATTERNS =
      List.of(
          Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}"),
          Pattern.compile("\\b(?:[0-9][ -]?){13,19}\\b"),
          Pattern.compile("\\b[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{11,30}\\b"),
          Pattern.compile("\\b[0-9]{3}-[0-9]{2}-[0-9]{4}\\b"),
          Pattern.compile("\\+?[0-9][0-9 ().-]{7,}[0-9]"),
          Pattern.compile("\\b(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\b"),
          Pattern.compile("(?i)(?:password|token|api[_-]?key)\\s*[:=]\\s*\\S+"));

  /** Three paragraphs of prose, a paragraph with five values, a line of JSON. */
  private static final String PAGE =
      """
      The keeper of the nest wrote down what the owls had done in the night: how often each of them \
      flew out, what it brought home, and how the young took it. In the morning the list went to \
      the warden, who read it with care and asked for the figures of the week before.

      Nobody had looked at the nest under the roof of the mill since spring, when the miller said \
      that it was empty. It was not. Two of the young had been ringed there a year ago, and one of \
      them had come back with a mate from across the river.

      Please write to ada.feather@nest.example or call +49 30 1234567 before Friday. The ring was \
      paid with 5555 5555 5555 4444, the rest goes to DE89 3704 0044 0532 0130 00. The camera is at \
      192.168.1.17 and wants password: hunter2!

      {"owl": "Tyto alba", "ring": "D-4711", "weight_grams": 331, "seen_at": "2026-02-28T04:10:00Z"}

      """;

  /** In KiB. */
  @Param({"1", "4", "16", "64"})
  private int size = 4;

  private String text = "";

  @Setup
  public void text() {
    int length = size * 1024;
    text = PAGE.repeat(length / PAGE.length() + 1).substring(0, length);
  }

  @Benchmark
  public String redact() {
    return Redactor.STRICT.redact(text);
  }

  @Benchmark
  public String patterns() {
    String redacted = text;
    for (Pattern pattern : PATTERNS) {
      redacted = pattern.matcher(redacted).replaceAll("[redacted]");
    }
    return redacted;
  }
}
