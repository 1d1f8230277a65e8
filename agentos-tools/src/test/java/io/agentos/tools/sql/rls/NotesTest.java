package io.agentos.tools.sql.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NotesTest {

  @ParameterizedTest
  @ValueSource(ints = {120_022, 130_021, 140_018, 150_013, 160_009, 170_005})
  void of_serverWithKnownHoles_saysUpdate(int version) {
    assertThat(Notes.of(catalog(version, List.of())))
        .containsExactly(
            "PostgreSQL 1.2 has known holes in row-level security (CVE-2025-8713 and older); update"
                + " it.");
  }

  @ParameterizedTest
  @ValueSource(ints = {130_022, 140_019, 150_014, 160_010, 170_006, 180_000, 190_000})
  void of_serverWithoutThem_saysNothing(int version) {
    assertThat(Notes.of(catalog(version, List.of()))).isEmpty();
  }

  @Test
  void of_moreThanIsRead_saysWhat() {
    assertThat(Notes.of(catalog(180_000, List.of("tables", "policies"))))
        .containsExactly(
            "The database has more than 50000 tables and policies; only the first were looked at.");
  }

  @Test
  void supported_tooOld_refused() {
    Server old = new Server(110_022, "11.22", "d", 1, Server.Setting.LIVE);

    assertThatThrownBy(old::supported)
        .hasMessage("The server runs PostgreSQL 11.22; the audit needs 12 or newer.");
  }

  private static Catalog catalog(int version, List<String> cut) {
    return new Catalog(
        new Server(version, "1.2", "d", 1, Server.Setting.LIVE),
        false,
        new Roles(List.of(), List.of()),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Set.of(),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        cut);
  }
}
