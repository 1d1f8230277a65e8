package io.agentos.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuiltInTest {
  @TempDir private Path root;

  @Test
  void folder_ofCheckoutBeforeJar() throws IOException {
    Path packs = Files.createDirectories(root.resolve("home/packs"));
    try (BuiltIn builtIn = BuiltIn.open(root.resolve("home").toString(), jar())) {
      assertThat(builtIn.folder("packs")).isEqualTo(packs);
      assertThatThrownBy(() -> builtIn.folder("schemas"))
          .hasMessage(
              "The built-in schemas are in neither AGENTOS_HOME nor the jar; build AgentOS again.");
    }
  }

  @Test
  void folder_inJar() throws IOException {
    try (BuiltIn builtIn = BuiltIn.open(root.toString(), jar())) {
      assertThat(builtIn.folder("packs").resolve("one/pack.yaml")).hasContent("kind: Pack");
      assertThatThrownBy(() -> builtIn.folder("policies"))
          .hasMessageStartingWith("The built-in policies are in neither");
    }
  }

  @Test
  void folder_ofClasses() throws IOException {
    Path packs = Files.createDirectories(root.resolve("with space/builtin/packs"));
    Path schemas = Files.createDirectories(packs.resolveSibling("schemas"));
    try (BuiltIn builtIn = BuiltIn.open("", packs.toUri().toURL())) {
      assertThat(builtIn.folder("schemas")).isEqualTo(schemas);
    }
  }

  @Test
  void folder_none() {
    try (BuiltIn builtIn = BuiltIn.open("", null)) {
      assertThatThrownBy(() -> builtIn.folder("packs"))
          .hasMessageStartingWith("The built-in packs are in neither");
    }
  }

  private URL jar() throws IOException {
    Path jar = Files.createDirectories(root.resolve("with space")).resolve("agentos.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("builtin/packs/one/pack.yaml"));
      zip.write("kind: Pack".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return URI.create("jar:" + jar.toUri() + "!/builtin/packs").toURL();
  }
}
