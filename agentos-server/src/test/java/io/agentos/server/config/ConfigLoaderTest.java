package io.agentos.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.killswitch.KillTriggers;
import io.agentos.server.config.ConfigLoader.Flag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
  @TempDir private Path root;
  private ConfigFolders folders;

  @BeforeEach
  void folders() throws IOException {
    folders = ConfigFolders.in(root);
  }

  @Test
  void load_nothingSet() {
    Config config = folders.load(Map.of());

    Path home = folders.home();
    assertThat(config.server()).isEqualTo(new Config.Server("127.0.0.1", 7070));
    assertThat(config.data().directory()).isEqualTo(home.resolve(".agentos/data"));
    assertThat(config.data().adminKeyFile()).isEqualTo(home.resolve(".agentos/data/admin.key"));
    assertThat(config.data().serverFile()).isEqualTo(home.resolve(".agentos/data/server.json"));
    assertThat(config.database().url()).isEmpty();
    assertThat(config.database().poolMax()).isEqualTo(8);
    assertThat(config.packs().folders()).isEmpty();
    assertThat(config.policies().folders()).isEmpty();
    assertThat(config.models().folders()).isEmpty();
    assertThat(config.models().replay()).isEmpty();
    assertThat(config.files().roots()).containsExactly(folders.work());
    assertThat(config.worker()).isEqualTo(new Config.Worker(512, Duration.ofSeconds(10)));
    assertThat(config.providers().keySet())
        .containsExactlyInAnyOrder("openai", "anthropic", "gemini", "deepseek");
    assertThat(config.killTriggers()).isEqualTo(KillTriggers.Settings.OFF);
    assertThat(config.provider("openai"))
        .isEqualTo(new Config.Provider(null, null, null, null, Map.of()));
    assertThat(config.provider("openai").configured()).isFalse();
  }

  @Test
  void load_vendorVariables() {
    Config config =
        folders.load(
            Map.of(
                "OPENAI_API_KEY", "sk-1",
                "OPENAI_BASE_URL", "http://127.0.0.1:9/v1",
                "OPENAI_MODEL", "m-1",
                "OPENAI_PRICE", "0/0/0.000001",
                "DEEPSEEK_API_KEY", ""));

    assertThat(config.provider("openai"))
        .isEqualTo(
            new Config.Provider(
                URI.create("http://127.0.0.1:9/v1"),
                new Secret("env:OPENAI_API_KEY", "sk-1"),
                "m-1",
                new ExplicitPrice(0, 0, 1),
                Map.of()));
    assertThat(config.provider("openai").configured()).isTrue();
    assertThat(config.provider("deepseek").configured()).isFalse();
    assertThat(config.toString()).contains("env:OPENAI_API_KEY").doesNotContain("sk-1");
  }

  @Test
  void load_headers_inTheClearOrByReference() {
    Config config =
        folders.load(
            Map.of(
                "TEAM_KEY", "sk-team",
                "OPENAI_HEADERS", "OpenAI-Organization: org-1; X-Team: env:TEAM_KEY"));

    assertThat(config.provider("openai").headers())
        .isEqualTo(
            Map.of(
                "OpenAI-Organization", new Secret("OPENAI_HEADERS", "org-1"),
                "X-Team", new Secret("env:TEAM_KEY", "sk-team")));
    assertThat(config.toString()).doesNotContain("sk-team");
  }

  @Test
  void load_wrongHeaders_areNotShown() {
    assertThatThrownBy(() -> folders.load(Map.of("OPENAI_HEADERS", "X-Team sk-secret")))
        .hasMessageContaining(
            "providers.openai.headers is no list of headers; allowed is at most 16 of NAME: VALUE,"
                + " separated by ';', each value also as env:NAME or file:PATH.")
        .hasMessageNotContaining("sk-secret");
  }

  @Test
  void load_flagOverVariableOverFile() throws IOException {
    folders.write("agentos.yaml", "server: {host: file, port: 1}\nworker: {tasks_max: 1}\n");
    ConfigLoader loader =
        folders.loader(Map.of("AGENTOS_SERVER_HOST", "variable", "AGENTOS_SERVER_PORT", "2"));

    Config config = loader.load(null, List.of(new Flag("--port", "server.port", "3")));

    assertThat(config.server()).isEqualTo(new Config.Server("variable", 3));
    assertThat(config.worker().tasksMax()).isEqualTo(1);
  }

  @Test
  void load_fileInOrder() throws IOException {
    folders.write("../home/.agentos/data/agentos.yaml", "server: {port: 1}");
    assertThat(folders.load(Map.of()).server().port()).isEqualTo(1);

    folders.write("agentos.yaml", "server: {port: 2}");
    assertThat(folders.load(Map.of()).server().port()).isEqualTo(2);

    Map<String, String> named =
        Map.of("AGENTOS_CONFIG", folders.write("named.yaml", "server: {port: 3}").toString());
    assertThat(folders.load(named).server().port()).isEqualTo(3);

    folders.write("asked.yaml", "server: {port: 4}");
    Config config = folders.loader(named).load(Path.of("asked.yaml"), List.of());
    assertThat(config.server().port()).isEqualTo(4);
  }

  @Test
  void load_emptyFileAndSection() throws IOException {
    folders.write("agentos.yaml", "# nothing\n");
    assertThat(folders.load(Map.of()).server().port()).isEqualTo(7070);

    folders.write("agentos.yaml", "server:\n  # nothing\n");
    assertThat(folders.load(Map.of()).server().port()).isEqualTo(7070);
  }

  @Test
  void load_databasePasswordInVariable() {
    Config config =
        folders.load(
            Map.of("AGENTOS_DATABASE_URL", "jdbc:postgresql://db/agents?user=me&password=s+1&x=y"));

    PostgresUrl url = config.database().url().orElseThrow();
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db/agents?x=y");
    assertThat(url.user()).isEqualTo("me");
    assertThat(url.password()).contains(new Secret("AGENTOS_DATABASE_URL", "s+1"));
    assertThat(url.toString()).doesNotContain("s+1");
  }

  @Test
  void config_checksItself() {
    assertThatThrownBy(() -> new Config.Server("", 1))
        .hasMessage("server.host is ''; allowed is a text of 1 to 4096 characters.");
    assertThatThrownBy(() -> new Config.Server("h", -1))
        .hasMessage("server.port is '-1'; allowed is a whole number from 0 to 65535.");
    assertThatThrownBy(() -> new Config.Worker(1, Duration.ofMinutes(1)))
        .hasMessage("worker.lease is 'PT1M'; allowed is an ISO 8601 duration from PT2S to PT30S.");
    assertThatThrownBy(() -> new Config.Files(List.of(Path.of("here"))))
        .hasMessage("files.roots is '[here]'; allowed is at most 64 folders' paths.");
  }

  @Test
  void documentation_listsEveryKey() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("../docs/configuration.md"));

    for (Key key : Keys.ALL) {
      String variables =
          "`" + key.variable() + "`" + key.alias().map(alias -> ", `" + alias + "`").orElse("");
      String fallback = key.fallback().isEmpty() ? "| |" : "| `" + key.fallback() + "` |";
      String row =
          "| `%s` | %s %s %s | ".formatted(key.path(), variables, fallback, key.kind().allowed());
      assertThat(rows).anySatisfy(line -> assertThat(line).startsWith(row));
    }
    for (String variable : Keys.OTHER_VARIABLES) {
      assertThat(rows).anySatisfy(line -> assertThat(line).startsWith("| `" + variable + "` | "));
    }
  }
}
