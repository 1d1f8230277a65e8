package io.agentos.runtime.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class DefinitionsTest {
  @TempDir Path root;

  @Test
  void readFolder_documentsByName() {
    PackFolder folder =
        new PackFolder(root)
            .write("b.yaml", PackFolder.PACK)
            .write("a.yaml", PackFolder.PACK.replace("shop", "bank"))
            .write("README.md", "x")
            .write(".hidden.yaml", "x");
    Problems problems = new Problems();

    List<Section> documents = Definitions.readFolder(folder.path(), DocumentKind.PACK, problems);

    assertThat(problems.count()).isZero();
    assertThat(documents)
        .extracting(document -> document.section("metadata").text("name"))
        .containsExactly("bank", "shop");
    assertThat(documents.getFirst().file()).isEqualTo(root + "/a.yaml");
  }

  @Test
  void readFolder_filesThatWouldBeOverlooked_areRefused() throws IOException {
    PackFolder folder =
        new PackFolder(root).write("a.yml", PackFolder.PACK).write("b.yaml.bak", "x");
    Files.createDirectories(root.resolve("more.yaml"));
    Problems problems = new Problems();

    assertThat(Definitions.readFolder(folder.path(), DocumentKind.PACK, problems)).isEmpty();
    assertThat(Told.by(problems::throwIfAny))
        .hasMessage(
            """
            %1$s/a.yml: found a file of another kind; allowed: NAME.yaml and README.md
            %1$s/b.yaml.bak: found a file of another kind; allowed: NAME.yaml and README.md
            %1$s/more.yaml: found a file of another kind; allowed: NAME.yaml and README.md\
            """
                .formatted(root));
  }

  @Test
  void readFolder_noFolder() {
    Problems problems = new Problems();

    assertThat(Definitions.readFolder(root.resolve("none"), DocumentKind.PACK, problems)).isEmpty();
    assertThat(Told.by(problems::throwIfAny))
        .hasMessage(root + "/none: not a folder that can be read");
  }

  @Test
  void readFolder_tooManyFiles() {
    PackFolder folder = new PackFolder(root);
    for (int i = 0; i <= Definitions.FOLDER_FILES_MAX; i++) {
      folder.write(i + ".yaml", "x");
    }
    Problems problems = new Problems();

    assertThat(Definitions.readFolder(root, DocumentKind.PACK, problems)).isEmpty();
    assertThat(Told.by(problems::throwIfAny))
        .hasMessage(root + ": found more than 500 files; allowed: 500");
  }

  @Test
  void section_absentKeysReadAsEmpty() {
    Problems problems = new Problems();
    Section pack =
        Definitions.read("f", PackFolder.PACK.getBytes(UTF_8), DocumentKind.PACK, problems)
            .orElseThrow();

    assertThat(pack.section("none").text("none")).isEmpty();
    assertThat(pack.section("none").texts("none")).isEmpty();
    assertThat(pack.section("none").sections("none")).isEmpty();
    assertThat(pack.section("none").members()).isEmpty();
    assertThat(pack.section("none").flag("none")).isFalse();
    assertThat(pack.section("none").number("none")).isEmpty();
    assertThat(pack.section("none").plain("none")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void schema_isOfTheDialectAndPublished(DocumentKind kind) throws IOException {
    JsonNode schema = Json.readTree(published(kind));

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema))
        .isEmpty();
    assertThat(schema.path("$id").stringValue())
        .isEqualTo(
            "https://agentos.io/schemas/v1/%s.schema.json",
            kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Test
  void schemas_sayTheSameOfLimits() throws IOException {
    JsonNode agent = Json.readTree(published(DocumentKind.AGENT)).path("$defs");
    JsonNode policy = Json.readTree(published(DocumentKind.POLICY)).path("$defs");

    assertThat(policy.path("limits").path("properties"))
        .isEqualTo(agent.path("limits").path("properties"));
    assertThat(policy.path("duration")).isEqualTo(agent.path("duration"));
    assertThat(policy.path("name")).isEqualTo(agent.path("name"));
  }

  private static byte[] published(DocumentKind kind) throws IOException {
    byte[] content = resource(kind.schemaResource());
    assertThat(Path.of("..", kind.schemaResource())).hasBinaryContent(content);
    return content;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream content = DefinitionsTest.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new AssertionError("no resource " + name);
      }
      return content.readAllBytes();
    }
  }
}
