package io.agentos.tools.code;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = SECONDS)
final class ManifestsTest {

  @Test
  void maven_dependenciesWithProperties() {
    assertDependencies(
        "a/pom.xml",
        """
        <?xml version="1.0"?>
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <parent><version>7</version></parent>
          <properties><jackson.version>3.${minor}</jackson.version><minor>2</minor><loop>${loop}</loop></properties>
          <dependencyManagement><dependencies><dependency><groupId>no</groupId>
            <artifactId>no</artifactId></dependency></dependencies></dependencyManagement>
          <dependencies>
            <dependency><groupId>a.b</groupId><artifactId>c</artifactId><version>${jackson.version}</version></dependency>
            <dependency><groupId>${project.groupId}</groupId><artifactId>own</artifactId><version>${project.version}</version></dependency>
            <dependency><groupId>t</groupId><artifactId>u</artifactId><scope>test</scope>
              <exclusions><exclusion><artifactId>x</artifactId></exclusion></exclusions></dependency>
            <dependency><groupId>l</groupId><artifactId>m</artifactId><version>${loop}</version><scope>compile</scope></dependency>
          </dependencies>
          <build><plugins><plugin><dependencies><dependency><artifactId>no</artifactId></dependency></dependencies></plugin></plugins></build>
        </project>
        """,
        "a.b:c 3.2",
        "${project.groupId}:own 7",
        "t:u  test",
        "l:m ${loop}");
  }

  @Test
  void maven_externalEntity_isNotRead(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    String text =
        """
        <!DOCTYPE project [<!ENTITY x SYSTEM "%s"><!ENTITY %% y SYSTEM "%s"> %%y;]>
        <project><dependencies><dependency><groupId>&x;</groupId><artifactId>a</artifactId>
        </dependency></dependencies></project>
        """
            .formatted(secret.toUri(), secret.toUri());
    assertThat(Manifests.read("pom.xml", text).orElseThrow().toString()).doesNotContain("secret");
  }

  @Test
  void xml_billionLaughsAndDepth_areUnreadable() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE p [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    }
    laughs.append("]><project><properties><x>&a29;</x></properties></project>");
    assertThat(Manifests.read("pom.xml", laughs.toString()).orElseThrow().dependencies()).isEmpty();
    assertThat(Manifests.read("pom.xml", "<a>".repeat(100_000)).orElseThrow().readable()).isFalse();
  }

  @Test
  void npmAndComposer_allScopes() {
    assertDependencies(
        "package.json",
        """
        {"name": "x", "dependencies": {"react": "^19.0.0", "odd": {"a": 1}},
         "devDependencies": {"vite": "7"}, "peerDependencies": {"p": "*"}, "scripts": {"a": "b"}}
        """,
        "react ^19.0.0",
        "odd ",
        "vite 7 dev",
        "p * peer");
    assertDependencies(
        "composer.json",
        "{\"require\": {\"php\": \">=8.3\"}, \"require-dev\": {\"a/b\": \"1\"}}",
        "php >=8.3",
        "a/b 1 dev");
  }

  @Test
  void json_brokenDeepOrNoObject_isUnreadable() {
    for (String text : List.of("{", "[]", "", "{\"a\":".repeat(100_000), "null")) {
      assertThat(Manifests.read("package.json", text).orElseThrow().readable()).isFalse();
    }
  }

  @Test
  void gradle_bothDialectsAndCatalog() {
    assertDependencies(
        "build.gradle.kts",
        """
        dependencies {
          implementation("com.a:b:1.2")
          testImplementation("org.junit:junit-bom:6")
          api(platform("x:y:1@pom"))
          implementation(libs.ktor.core)
          // implementation("no:no:1")
        }
        """,
        "com.a:b 1.2",
        "org.junit:junit-bom 6 testImplementation",
        "x:y 1",
        "libs.ktor.core ");
    assertDependencies("build.gradle", "  implementation 'g:a:1.0'\n", "g:a 1.0");
    assertDependencies(
        "gradle/libs.versions.toml",
        """
        [versions]
        ktor = "3.1"
        [libraries]
        core = { module = "io.ktor:core", version.ref = "ktor" }
        x = "a:b:9"
        """,
        "io.ktor:core 3.1",
        "a:b 9");
  }

  @Test
  void go_requiresOnly() {
    assertDependencies(
        "go.mod",
        """
        module example.com/x
        go 1.26
        require example.com/one v1.0.0
        require (
          golang.org/x/net v0.50.0 // indirect
          example.com/two/v2 v2.1.0
        )
        replace (
          example.com/two/v2 v2.1.0 => ../two
        )
        """,
        "example.com/one v1.0.0",
        "golang.org/x/net v0.50.0 indirect",
        "example.com/two/v2 v2.1.0");
  }

  @Test
  void cargo_tablesAndWorkspaces() {
    assertDependencies(
        "Cargo.toml",
        """
        [package]
        version = "1"
        [dependencies]
        serde = { version = "1.0", features = ["derive"] } # why
        tokio = "1"
        shared.workspace = true
        [dev-dependencies]
        proptest = '1.5'
        [target.'cfg(unix)'.dependencies]
        libc = "0.2"
        [dependencies.big]
        version = "9"
        features = ["a"]
        """,
        "serde 1.0",
        "tokio 1",
        "shared ",
        "proptest 1.5 dev",
        "libc 0.2",
        "big 9");
  }

  @Test
  void python_allThreeWays() {
    assertDependencies(
        "pyproject.toml",
        """
        [build-system]
        requires = ["hatchling"]
        [project]
        dependencies = [
          "requests[socks]>=2.31; python_version > '3'",  # "no"
          "attrs",
        ]
        [project.optional-dependencies]
        dev = ["pytest~=8.0"]
        [tool.poetry.dependencies]
        python = "^3.12"
        rich = "^13"
        [tool.poetry.group.test.dependencies]
        tox = { version = "4" }
        """,
        "hatchling  build",
        "requests >=2.31",
        "attrs ",
        "pytest ~=8.0 dev",
        "rich ^13",
        "tox 4 test");
    assertDependencies(
        "requirements-dev.txt",
        "# no\n-r base.txt\nflask==3.0 # why\nhttps://x/y.whl\nnumpy >=2,<3 ; x\n\nruff\n",
        "flask ==3.0",
        "numpy >=2,<3",
        "ruff ");
  }

  @Test
  void bundlerAndNuget() {
    assertDependencies(
        "Gemfile", "source 'x'\ngem 'rails', '~> 8.0'\n  gem \"pg\"\n", "rails ~> 8.0", "pg ");
    assertDependencies(
        "src/A.csproj",
        """
        \uFEFF<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Version>no</Version></PropertyGroup>
        <ItemGroup><PackageReference Include="Serilog" Version="4.0" />
        <PackageReference Include="Child"><Version>2</Version></PackageReference></ItemGroup></Project>
        """,
        "Serilog 4.0",
        "Child 2");
  }

  @Test
  void anyFormat_absurdText_endsSoon() {
    List<String> absurd =
        List.of(
            "[" + " ".repeat(500_000),
            "a = [" + "\"x\",".repeat(100_000),
            "x = \"" + "\\".repeat(300_000),
            "implementation" + " ".repeat(900) + "\n" + "(".repeat(500_000),
            "require (\n" + "a.b/c v1\n".repeat(50_000),
            "a".repeat(500_000) + "==");
    for (String name :
        List.of(
            "Cargo.toml",
            "pyproject.toml",
            "build.gradle",
            "go.mod",
            "requirements.txt",
            "Gemfile",
            "libs.versions.toml")) {
      for (String text : absurd) {
        assertThat(Manifests.read(name, text).orElseThrow().dependencies())
            .hasSizeLessThanOrEqualTo(Manifests.DEPENDENCIES_MAX);
      }
    }
  }

  @Test
  void read_otherFile_isNone() {
    assertThat(Manifests.read("src/pom.xml.txt", "")).isEmpty();
    assertThat(Manifests.isOne("notes/go.mode")).isFalse();
  }

  private static void assertDependencies(String path, String text, String... expected) {
    Manifest manifest = Manifests.read(path, text).orElseThrow();
    assertThat(manifest.readable()).isTrue();
    assertThat(
            manifest.dependencies().stream()
                .map(one ->
                    one.name()
                        + " "
                        + one.version()
                        + (one.scope().isEmpty() ? "" : " " + one.scope())))
        .containsExactly(expected);
  }
}
