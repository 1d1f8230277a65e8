package io.agentos.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigProblemsTest {
  @TempDir private Path root;
  private ConfigFolders folders;

  @BeforeEach
  void folders() throws IOException {
    folders = ConfigFolders.in(root);
  }

  @Test
  void load_manyProblems() throws IOException {
    folders.write(
        "agentos.yaml",
        """
        server:
          prot: 7070
          port: 70000
        sever: {host: x}
        database:
          url: postgresql://me:secret@db/agents
        files: here
        worker:
          lease: 10s
          tasks_max:
        providers:
          openai:
            api_key: sk-in-the-clear
            base_url: ftp://openai
        """);

    assertThatThrownBy(
            () -> folders.load(Map.of("AGENTOS_SERVER_PROT", "1", "AGENTOS_QQQQQQQQ", "1")))
        .isInstanceOf(AgentOsException.class)
        .hasMessage(
            """
            The configuration is wrong:
              AGENTOS_QQQQQQQQ: unknown variable.
              AGENTOS_SERVER_PROT: unknown variable; the nearest known one is AGENTOS_SERVER_PORT.
              FILE:2: unknown key server.prot; the nearest known one is server.port.
              FILE:4: unknown key sever; the nearest known one is server.
              FILE:7: files is a section; write its keys below it.
              FILE:10: worker.tasks_max has no value.
              FILE:14: providers.openai.base_url is 'ftp://openai'; allowed is an http or https URL with no user, query or fragment.
              FILE:13: providers.openai.api_key is no reference; allowed is env:NAME or file:PATH.
              FILE:3: server.port is '70000'; allowed is a whole number from 0 to 65535.
              FILE:6: database.url holds a password; a file may only say where it is kept: env:NAME or file:PATH.
              FILE:9: worker.lease is '10s'; allowed is an ISO 8601 duration from PT2S to PT30S.\
            """
                .replace("FILE", folders.work().resolve("agentos.yaml").toString()));
  }

  @Test
  void load_referenceToNothing() {
    assertRefused(
        Map.of("AGENTOS_PROVIDERS_OPENAI_API_KEY", "env:NOT_THERE"),
        "AGENTOS_PROVIDERS_OPENAI_API_KEY: providers.openai.api_key refers to env:NOT_THERE, which"
            + " is not set.");
    assertRefused(
        Map.of("AGENTOS_DATABASE_URL", "file:not-there"),
        "AGENTOS_DATABASE_URL: database.url refers to file:not-there, which cannot be read.");
    assertRefused(
        Map.of("AGENTOS_DATABASE_URL", "mysql://db/x"),
        "AGENTOS_DATABASE_URL: database.url is no Postgres; allowed is env:NAME, file:PATH or"
            + " postgresql://USER@HOST:PORT/DATABASE.");
  }

  @Test
  void load_priceThatIsNone() {
    assertRefused(
        Map.of("OPENAI_MODEL", "m", "OPENAI_PRICE", "2.5,0.25,10"),
        "OPENAI_PRICE: providers.openai.price is '2.5,0.25,10'; allowed is INPUT/CACHED/OUTPUT in USD"
            + " per million tokens, each 0 to 1000 with at most 6 decimals, such as 2.50/0.25/10.");
    assertRefused(
        Map.of("GEMINI_PRICE", "1/1/1"),
        "GEMINI_PRICE: providers.gemini.price is set without providers.gemini.model; say which model"
            + " it is the price of.");
  }

  @Test
  void load_fileNotThere() {
    assertRefused(
        Map.of("AGENTOS_CONFIG", "/not/there.yaml"),
        "AGENTOS_CONFIG: there is no file /not/there.yaml.");
  }

  @Test
  void load_fileNotYaml() throws IOException {
    String file =
        folders.write("agentos.yaml", "server: {port: 1}\nserver: {port: 2}\n").toString();
    assertRefused(Map.of(), file + ":2: Duplicate Object property \"server\"");

    folders.write("agentos.yaml", "- server\n");
    assertRefused(Map.of(), file + ":1: holds no sections, such as 'server:'.");

    folders.write("agentos.yaml", "server: {port: 1}\n---\nserver: {port: 2}\n");
    assertRefused(Map.of(), file + ":3: a second document begins; one is allowed.");

    folders.write("agentos.yaml", "server: " + "[".repeat(100_000));
    assertThatThrownBy(() -> folders.load(Map.of()))
        .hasMessageContaining("nesting depth (9) exceeds the maximum allowed (8");

    folders.write("agentos.yaml", "# " + "x".repeat(256 * 1024));
    assertRefused(Map.of(), file + ": larger than 262144 bytes.");
  }

  @Test
  void load_egressThatIsNoPlace() {
    assertRefused(
        Map.of("AGENTOS_EGRESS_ALLOW", "localhost:5432,127.1"),
        "AGENTOS_EGRESS_ALLOW: egress.allow is 'localhost:5432,127.1'; allowed is at most 64 of"
            + " HOST, HOST:PORT, ADDRESS/BITS or [ADDRESS/BITS]:PORT, with http:// in front where"
            + " plain http may be spoken.");
  }

  @Test
  void load_kubernetesServiceLinks() {
    Config config =
        folders.load(
            Map.of(
                "AGENTOS_SERVICE_HOST", "10.0.0.1",
                "AGENTOS_SERVICE_PORT_HTTP", "7070",
                "AGENTOS_PORT", "tcp://10.0.0.1:7070",
                "AGENTOS_PORT_7070_TCP_ADDR", "10.0.0.1",
                "AGENTOS_WEB_PORT", "tcp://10.0.0.1:80"));

    assertThat(config.server().port()).isEqualTo(7070);
    assertRefused(
        Map.of("AGENTOS_PORT", "7070"),
        "AGENTOS_PORT: unknown variable; the nearest known one is AGENTOS_MAIL_PORT.");
  }

  private void assertRefused(Map<String, String> environment, String problem) {
    assertThatThrownBy(() -> folders.load(environment))
        .isInstanceOf(AgentOsException.class)
        .hasMessage("The configuration is wrong:\n  " + problem);
  }
}
