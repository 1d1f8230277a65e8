package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.Terminal.Stream;
import io.agentos.server.cli.Terminal.Style;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TerminalTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void live_lineGivesWay() {
    Terminal terminal = terminal("", true, Stream.ERROR);

    terminal.show("working");
    terminal.show("still working");
    terminal.say("a line");
    terminal.show("");

    assertThat(err())
        .isEqualTo("working\r\u001b[Kstill working\r\u001b[Ka line\nstill working\r\u001b[K");
  }

  @Test
  void live_nobodyWatches() {
    Terminal terminal = terminal("", true, Stream.OUT);

    terminal.show("working");
    terminal.say(terminal.styled(Style.GOOD, "done"));

    assertThat(err()).isEqualTo("done\n");
  }

  @Test
  void styled_onTerminalOnly() {
    assertThat(terminal("", true, Stream.ERROR).styled(Style.BAD, "x"))
        .isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(terminal("", false, Stream.ERROR).styled(Style.BAD, "x")).isEqualTo("x");
  }

  @Test
  void print_steersNoTerminal() {
    terminal("", true, Stream.OUT).print("a\u001b[2J\rb\u009b1mc\td\n");
    terminal("", true).print("a\u001b[2J");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a[2Jb1mc\td\na\u001b[2J\n");
  }

  @Test
  void asksYes_onlyYesIsYes() {
    assertThat(terminal(" YES \n", true).asksYes("Go?")).isTrue();
    assertThat(terminal("y", true).asksYes("Go?")).isTrue();
    assertThat(terminal("sure\n", true).asksYes("Go?")).isFalse();
    assertThat(terminal("", true).asksYes("Go?")).isFalse();
    assertThat(err()).isEqualTo("Go? [y/N] ".repeat(4));
  }

  @Test
  @Timeout(30)
  void progress_movesUntilClosed() {
    Terminal terminal = terminal("", false, Stream.ERROR);
    try (TaskProgress progress = new TaskProgress(terminal)) {
      progress.on(
          new Event("1", "step.intent", Fields.of(Map.of("data", Map.of("name", "audit")))));
      while (!err().contains("⠙ audit")) {
        Thread.onSpinWait();
      }
    }
    assertThat(err()).contains("\r\u001b[K  ⠙ audit").endsWith("\r\u001b[K");
  }

  @Test
  void words_forNumbers() {
    assertThat(Words.time(Duration.ofMillis(-3))).isEqualTo("0 ms");
    assertThat(Words.time(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(Words.time(Duration.ofSeconds(1))).isEqualTo("1.0 s");
    assertThat(Words.time(Duration.ofSeconds(59))).isEqualTo("59.0 s");
    assertThat(Words.time(Duration.ofSeconds(3_599))).isEqualTo("59 min 59 s");
    assertThat(Words.time(Duration.ofMinutes(1_501))).isEqualTo("25 h 01 min");
    assertThat(Words.money(0)).isEqualTo("$0");
    assertThat(Words.money(99)).isEqualTo("<$0.0001");
    assertThat(Words.money(100)).isEqualTo("$0.0001");
    assertThat(Words.money(1_234_567)).isEqualTo("$1.23");
  }

  private Terminal terminal(String typed, boolean colour, Stream... people) {
    return new Terminal(
        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Set.of(people),
        colour);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
