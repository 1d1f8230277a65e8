package io.agentos.tools.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DependencyAuditTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "engineering");

  @TempDir Path folder;

  private static ToolResult audit(Path root, String name) {
    return Call.tool(
        DependencyTools.tools(FileRoots.of(List.of(root))),
        "code.audit_dependencies",
        "folder",
        name);
  }

  private ToolResult audit() {
    return audit(folder, folder.toString());
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  @Test
  void example_everyFault_namedAndNothingElse() {
    ToolResult result = audit(EXAMPLES, "kiosk");

    assertThat(Found.in(result))
        .containsExactly(
            "high known-bad-version package-lock.json:54",
            "high known-bad-version package.json:11",
            "high known-bad-version worker/pom.xml:10",
            "high lock-unencrypted package-lock.json",
            "high manifest-unreadable signage/package.json:6",
            "high name-looks-like api/requirements.txt:3",
            "high name-looks-like package.json:7",
            "high not-from-registry package.json:9",
            "high version-open api/requirements.txt:4",
            "high version-open api/requirements.txt:5",
            "high version-open worker/pom.xml:14",
            "medium given-up gate/go.mod:5",
            "medium given-up package.json:12",
            "medium licence-strong package-lock.json",
            "medium listed-twice package.json:6",
            "medium lock-file-behind package.json:14",
            "medium lock-no-hash package-lock.json",
            "medium no-lock-file gate/go.mod",
            "medium not-from-registry package.json:10",
            "medium several-lock-files package-lock.json",
            "low install-script package-lock.json",
            "low licence-missing package-lock.json",
            "low tool-in-product package.json:13",
            "low tool-in-product worker/pom.xml:19",
            "low version-open package.json:8");
    assertThat(result.fields())
        .containsEntry("installed_packages", 9)
        .containsEntry(
            "licences", Map.of("MIT", 6, "AGPL-3.0-only", 1, "Apache-2.0", 1, "not said", 1));
    assertThat(result.text())
        .contains("20 dependencies in 5 manifests, 2 lock files; 9 installed packages")
        .contains("`lodahs` is almost `lodash`");
  }

  @Test
  void example_twice_isTheSameToTheByte() {
    assertThat(audit(EXAMPLES, "kiosk")).isEqualTo(audit(EXAMPLES, "kiosk"));
  }

  @Test
  void tidyProject_hasNothingToSay() throws IOException {
    write("package.json", "{\"dependencies\": {\"preact\": \"^10.0.0\", \"koa\": \"2.15.0\"}}");
    write("pnpm-lock.yaml", "packages:\n  preact@10.24.0:\n  koa@2.15.0:\n");
    write("sub/Cargo.toml", "[dependencies]\nserde = \"1.0\"\n");
    write("Cargo.lock", "[[package]]\nname = \"serde\"\n");

    assertThat(Found.in(audit())).isEmpty();
  }

  @Test
  void names_nearPopularOnes_oneEditEachKind() throws IOException {
    write(
        "requirements.txt",
        "request==1.0\nnumppy==1.0\npandsa==1.0\nflaks==1.0\npython_dotenv==1.0\npyyaml==6.0\n");

    assertThat(Found.in(audit()))
        .containsExactly(
            "high name-looks-like requirements.txt:1",
            "high name-looks-like requirements.txt:2",
            "high name-looks-like requirements.txt:3",
            "high name-looks-like requirements.txt:4");
  }

  @Test
  void byteOrderMarkAndReturns_changeNothing() throws IOException {
    write("package.json", "\uFEFF{\r\n\"dependencies\": {\r\n\"express\": \"*\"}}\r\n");

    assertThat(Found.in(audit()))
        .containsExactly("high version-open package.json:3", "medium no-lock-file package.json");
  }

  @Test
  void versionsOfManyManifests_thatDiffer_areTold() throws IOException {
    write("a/pom.xml", pom("1.0"));
    write("b/pom.xml", pom("2.0"));

    assertThat(Found.in(audit())).containsExactly("low versions-differ a/pom.xml");
  }

  private static String pom(String version) {
    return "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
        + "<version>%s</version></dependency></dependencies></project>".formatted(version);
  }

  @Test
  void log4j_safeVersions_areNotBlamed() throws IOException {
    for (String version : List.of("2.17.1", "2.12.4", "2.24.0", "3.0.0-beta2")) {
      write(
          "pom.xml",
          pom(version)
              .replace("<groupId>g<", "<groupId>org.apache.logging.log4j<")
              .replace("<artifactId>a<", "<artifactId>log4j-core<"));
      assertThat(Found.in(audit())).as(version).isEmpty();
    }
  }

  @Test
  void brokenLock_isTold() throws IOException {
    write("package.json", "{\"dependencies\": {\"express\": \"1.0.0\"}}");
    write("package-lock.json", "<<<<<<< HEAD\n{\"express\"\n");

    assertThat(Found.in(audit())).containsExactly("high lock-file-unreadable package-lock.json");
  }

  @Test
  void deepAndHugeJson_isRefusedWithoutHarm() throws IOException {
    write("package.json", "[".repeat(100_000));
    write("composer.json", "{\"require\": {\"a/b\": \"1.0\"}}".repeat(40_000));

    assertThat(Found.in(audit())).contains("high manifest-unreadable package.json:1");
  }

  @Test
  void noManifest_isRefused() {
    Found.assertFailure(
        audit(),
        "Found no manifest such as package.json, pom.xml, pyproject.toml or go.mod in '%s'. Name the folder of a project."
            .formatted(folder.getFileName()));
  }
}
