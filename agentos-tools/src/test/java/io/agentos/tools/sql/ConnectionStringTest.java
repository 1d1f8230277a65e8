package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.sql.connection.Login;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionStringTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://u:p@h:6543/d|h:6543 d prefer u p",
        "postgresql://u:p@h/d|h:5432 d prefer u p",
        "jdbc:postgresql://h:1/d?user=u&password=p|h:1 d prefer u p",
        "POSTGRES://u:p@h|h:5432 u prefer u p",
        "postgres://u:p@h/?sslmode=require|h:5432 u require u p",
        "postgres://u%40x:p%2Fq%23@db.a-b.co/my%20db|db.a-b.co:5432 my db prefer u@x p/q#",
        "postgres://u:p@ss/w#rd?x@h/d|h:5432 d prefer u p@ss/w#rd?x",
        "postgres://u:100%+@h/d|h:5432 d prefer u 100%+",
        "postgres://u:p@[::1]:7/d|[::1]:7 d prefer u p",
      })
  void of_everyForm_itsParts(String text, String expected) {
    ConnectionString target = ConnectionString.of(text, name -> Optional.empty());
    Login login = target.login();

    assertThat(
            "%s:%d %s %s %s %s"
                .formatted(
                    target.host(),
                    target.port(),
                    target.database(),
                    login.sslMode(),
                    login.user(),
                    login.password()))
        .isEqualTo(expected);
  }

  @Test
  void of_optionsThatTheDriverWouldActOn_leftOut() {
    ConnectionString target =
        ConnectionString.of(
            "postgres://u:p@h/d?socketFactory=evil.Class&loggerFile=/etc/x&connect_timeout=3"
                + "&sslmode=verify-full",
            name -> Optional.empty());

    assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d");
    assertThat(target.ignored()).containsExactly("loggerFile", "socketFactory");
  }

  @Test
  void of_databaseNameWithOptionsInIt_staysAName() {
    ConnectionString target =
        ConnectionString.of("postgres://u:p@h/d%3FsocketFactory=x%26", name -> Optional.empty());

    assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d%3FsocketFactory%3Dx%26");
  }

  @Test
  void of_environment_readByName() {
    Map<String, String> environment = Map.of("SHOP_DB", "postgres://u:p@h/shop");

    ConnectionString target =
        ConnectionString.of("env:SHOP_DB", name -> Optional.ofNullable(environment.get(name)));

    assertThat(target.database()).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "mysql://u:secret@h/d",
        "postgres://u:secret@h1,h2/d",
        "postgres://u:secret@h:99999/d",
        "postgres://u:secret@h/a/b",
        "postgres://:secret@h/d",
        "postgres://u:secret@h/d?sslmode=secret",
        "postgres:///d?host=secret",
        "env:SECRET_NAME",
      })
  void of_wrong_refusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> ConnectionString.of(text, name -> Optional.of("secret")))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS);
              assertThat(e.detail()).doesNotContain("secret").doesNotContain("99999");
            });
  }

  @Test
  void of_environmentNotSet_saysItsName() {
    assertThatThrownBy(() -> ConnectionString.of("env:SHOP_DB", name -> Optional.empty()))
        .hasMessage("The environment variable SHOP_DB is not set, or not open to tasks.");
  }

  @Test
  void toString_neverThePassword() {
    ConnectionString target =
        ConnectionString.of("postgres://u:s3cr%21t@h/d", name -> Optional.empty());

    assertThat(target.toString()).doesNotContain("s3cr");
    assertThat(target.redact("a s3cr!t b s3cr%21t c")).isEqualTo("a *** b *** c");
    assertThat(target.ignored()).isEqualTo(Set.of());
  }
}
