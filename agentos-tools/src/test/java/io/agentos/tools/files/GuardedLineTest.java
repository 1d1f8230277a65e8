package io.agentos.tools.files;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = SECONDS)
final class GuardedLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|aa)+$",
        "(a*)*b",
        "(.*a){20}$",
        "(a|a?)+$",
        "(?:a{1,10}){1,100}b",
        "(\\w+\\s?)*$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(a?){50}a{50}b",
        "(?<=a{1,999}c{0,9})b",
        "(.*)\\1\\1\\1\\1b",
        "(?=(a+)+b)",
      })
  void find_catastrophicPattern_endsSoon(String pattern) {
    String line = "a".repeat(3_900) + "!";
    assertThat(GuardedLine.find(GuardedLine.compile(pattern, true), line))
        .isNotEqualTo(GuardedLine.Found.YES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|aa)+\\1$", "(.*a){20}$", "(.*)(.*)(.*)(.*)b"})
  void find_patternThatWouldNotEnd_isGivenUp(String pattern) {
    String line = "a".repeat(200) + "!";
    assertThat(GuardedLine.find(GuardedLine.compile(pattern, false), line))
        .isEqualTo(GuardedLine.Found.GIVEN_UP);
  }

  @Test
  void find_deepRecursion_isGivenUpAndNotThrown() {
    String line = "ab".repeat(2_000);
    String groups = "(".repeat(100) + "a|b" + ")".repeat(100);
    assertThat(GuardedLine.find(GuardedLine.compile("(" + groups + "|c)*d", false), line))
        .isEqualTo(GuardedLine.Found.GIVEN_UP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:){2147483647}x",
        "((?:){9999}){9999}x",
        "(a{1000}){1000}",
        "a{99999999999999999}",
        "a{1,99999}",
      })
  void compile_repetitionsThatLookAtNothing_areRefused(String pattern) {
    assertThatThrownBy(() -> GuardedLine.compile(pattern, false))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("its {counts} multiply to more than 10000");
  }

  @Test
  void compile_commentsFlag_isRefusedForItHidesCounts() {
    assertThatThrownBy(() -> GuardedLine.compile("(?ix)(?:){2147 483647}", false))
        .hasMessageContaining("the flag x is not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fo{2,100}", "\\x{66}oo", "\\p{L}oo", "^foo$", "(?i)FOO", "f(?:o){2}"})
  void find_plainPattern_findsIt(String pattern) {
    assertThat(GuardedLine.find(GuardedLine.compile(pattern, false), "foo"))
        .isEqualTo(GuardedLine.Found.YES);
    assertThat(GuardedLine.find(GuardedLine.compile(pattern, false), "bar"))
        .isEqualTo(GuardedLine.Found.NO);
  }

  @Test
  void search_catastrophicPatternOverManyLines_isGivenUp(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.txt"), ("a".repeat(200) + "!\n").repeat(1_000));
    ToolResult result =
        Call.tool(
            FileTools.tools(FileRoots.of(List.of(folder))),
            "files.search",
            "folder",
            ".",
            "pattern",
            "(a|aa)+\\1$");
    assertThat(result.failed()).isFalse();
    assertThat(result.text())
        .contains("Stopped: the pattern is too expensive. Write it without nested repetition.");
    assertThat(result.fields()).containsEntry("complete", false);
  }
}
