package io.agentos.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may and may not ask for. */
final class PostgresSettingsTest {
  private static final PostgresSettings SETTINGS =
      PostgresSettings.of(Path.of("data"), Path.of("runtimes"));

  @Test
  void defaults_areDurableAndBounded() {
    assertThat(SETTINGS.directory()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(SETTINGS.runtimes()).isEqualTo(Path.of("runtimes").toAbsolutePath());
    assertThat(SETTINGS.durability()).isEqualTo(Durability.FULL);
    assertThat(SETTINGS.startTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(SETTINGS.parameters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster_name",
        "fsync",
        "full_page_writes",
        "hba_file",
        "listen_addresses",
        "synchronous_commit",
        "unix_socket_directories"
      })
  void parameterThatSafetyHangsOn_isRefused(String name) {
    assertThatThrownBy(() -> SETTINGS.withParameter(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parameter " + name + " is not yours to set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Fsync", "listen-addresses", "a=b", "-c", "work mem"})
  void parameterWithAnOddName_isRefused(String name) {
    assertThatThrownBy(() -> SETTINGS.withParameter(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not the name of a Postgres parameter: " + name);
  }

  @ParameterizedTest
  @CsvSource({"0", "65536", "-1", "http", "''"})
  void portOutOfRange_isRefused(String port) {
    assertThatThrownBy(() -> SETTINGS.withParameter("port", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be 1 to 65535, was " + port);
  }

  @Test
  void valueThatIsTooLongOrHoldsControlCharacters_isRefused() {
    for (String value : new String[] {"x".repeat(1_001), "a\nb", "a\0b"}) {
      assertThatThrownBy(() -> SETTINGS.withParameter("work_mem", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The value of parameter work_mem is too long or holds control characters");
    }
  }

  @Test
  void tooManyParameters_areRefused() {
    Map<String, String> parameters = new HashMap<>();
    for (int index = 0; index < 101; index++) {
      parameters.put("parameter_" + index, "x");
    }
    assertThatThrownBy(() ->
            new PostgresSettings(
                Path.of("data"),
                Path.of("runtimes"),
                Durability.FULL,
                Duration.ofMinutes(1),
                parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("At most 100 parameters, were 101");
  }

  @Test
  void startTimeoutOutOfRange_isRefused() {
    for (Duration timeout :
        new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(61)}) {
      assertThatThrownBy(() -> SETTINGS.withStartTimeout(timeout))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("startTimeout must be more than zero and at most one hour, was " + timeout);
    }
  }

  @Test
  void directoryThatCannotBeOne_isRefused() {
    assertThatThrownBy(() -> PostgresSettings.of(Path.of("/"), Path.of("runtimes")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("directory must not be the root of the file system");
    assertThatThrownBy(() -> PostgresSettings.of(Path.of("data"), Path.of("a\nb")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("runtimes must not hold control characters");
  }

  @Test
  void changedSettings_keepTheRest() {
    PostgresSettings changed =
        SETTINGS
            .withDurability(Durability.NONE)
            .withStartTimeout(Duration.ofSeconds(3))
            .withParameter("port", "5433")
            .withParameter("work_mem", "4MB");
    assertThat(changed)
        .isEqualTo(
            new PostgresSettings(
                Path.of("data"),
                Path.of("runtimes"),
                Durability.NONE,
                Duration.ofSeconds(3),
                Map.of("port", "5433", "work_mem", "4MB")));
  }

  @Test
  void parameters_ofTheCaller_winOverDefaultsAndLoseToSafety() {
    assertThat(
            ServerParameters.arguments(
                SETTINGS.withParameter("jit", "on"), Platform.of("Mac OS X", "arm64"), "name", 7))
        .contains("jit=on", "port=7", "cluster_name=name", "listen_addresses=127.0.0.1")
        .contains("fsync=on", "wal_sync_method=fsync_writethrough", "unix_socket_directories=")
        .doesNotContain("jit=off");
    assertThat(
            ServerParameters.arguments(
                SETTINGS.withDurability(Durability.NONE),
                Platform.of("Mac OS X", "arm64"),
                "name",
                7))
        .contains("fsync=off")
        .doesNotContain("wal_sync_method=fsync_writethrough");
  }
}
