package io.agentos.tools.sql.rls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WordsTest {

  @Test
  void list_readsAsPeopleWrite() {
    assertThat(Words.list(List.of())).isEmpty();
    assertThat(Words.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b"))).isEqualTo("a and b");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    assertThat(Words.list(Collections.nCopies(1_000, "a"))).endsWith(", a and 980 more");
  }

  @Test
  void whoCanDoWhat_rolesWithTheSameRights_together() {
    Role app = new Role(7, "My app", "\"My app\"", false, false, true, "");
    Role anon = new Role(8, "anon", "anon", false, false, false, "");

    assertThat(
            Words.whoCanDoWhat(
                List.of(
                    new Exposure(anon, Set.of(Privilege.SELECT)),
                    new Exposure(app, Set.of(Privilege.DELETE, Privilege.SELECT)),
                    new Exposure(Role.PUBLIC, Set.of(Privilege.SELECT)))))
        .isEqualTo(
            "anyone who is not signed in (anon) and every role (PUBLIC) can read; the role"
                + " \"My app\" can read and delete");
  }
}
