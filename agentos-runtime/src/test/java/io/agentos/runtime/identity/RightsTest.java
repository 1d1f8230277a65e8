package io.agentos.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RightsTest {

  @ParameterizedTest
  @EnumSource(Role.class)
  void meet_mayWhatBothMay(Role one) {
    for (Role other : Role.values()) {
      for (Permission permission : Permission.values()) {
        assertThat(one.meet(other).may(permission))
            .as("%s and %s: %s", one, other, permission)
            .isEqualTo(one.may(permission) && other.may(permission));
      }
      assertThat(one.meet(other)).isEqualTo(other.meet(one));
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void and_includesWhatBothInclude(Role role) {
    Rights narrow = new Rights(Role.ADMIN, Scopes.of(Set.of(Permission.READ, Permission.DECIDE)));
    Rights both = new Rights(role).and(narrow);

    EnumSet<Permission> found = EnumSet.noneOf(Permission.class);
    found.addAll(both.scopes().permissions());
    EnumSet<Permission> expected = EnumSet.of(Permission.READ, Permission.DECIDE);
    expected.removeIf(permission -> !role.may(permission));
    assertThat(found).isEqualTo(expected);
    assertThat(both.role()).isEqualTo(role);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void agents_haveNothingThatIsKeptForPeople(Role role) {
    assertThat(new Rights(role).ofAgents().scopes().permissions())
        .noneMatch(Permission::isForPeople)
        .allMatch(role::may);
  }
}
