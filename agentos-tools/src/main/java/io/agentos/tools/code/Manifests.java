package io.agentos.tools.code;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the files that list dependencies, by name, and who can read them. */
public final class Manifests {
  /** How many dependencies of one file are kept. */
  public static final int DEPENDENCIES_MAX = 200;

  private Manifests() {}

  /** Reads the dependencies in a text; empty when the text is not what the file's name says. */
  private interface Reader {
    Optional<List<Dependency>> read(String text);
  }

  private record Format(String tool, Reader reader) {}

  /** Whether a file lists dependencies. */
  public static boolean isOne(String path) {
    return format(path).isPresent();
  }

  /** The dependencies a file lists; empty when it is no such file. */
  public static Optional<Manifest> read(String path, String text) {
    return format(path)
        .map(format -> {
          Optional<List<Dependency>> read = format.reader().read(text);
          List<Dependency> dependencies =
              read.orElse(List.of()).stream().distinct().limit(DEPENDENCIES_MAX).toList();
          return new Manifest(path, format.tool(), dependencies, read.isPresent());
        });
  }

  private static Optional<Format> format(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        switch (name) {
          case "pom.xml" -> new Format("Maven", XmlManifests::maven);
          case "build.gradle", "build.gradle.kts" -> new Format("Gradle", LineManifests::gradle);
          case "libs.versions.toml" -> new Format("Gradle", TomlManifests::versionCatalog);
          case "package.json" -> new Format("npm", JsonManifests::npm);
          case "composer.json" -> new Format("Composer", JsonManifests::composer);
          case "go.mod" -> new Format("Go", LineManifests::go);
          case "cargo.toml" -> new Format("Cargo", TomlManifests::cargo);
          case "pyproject.toml" -> new Format("Python", TomlManifests::python);
          case "gemfile" -> new Format("Bundler", LineManifests::gemfile);
          case "packages.config", "directory.packages.props" ->
              new Format("NuGet", XmlManifests::dotnet);
          default -> byEnding(name);
        });
  }

  private static @Nullable Format byEnding(String name) {
    if (name.matches("requirements[\\w.-]*\\.txt")) {
      return new Format("pip", LineManifests::requirements);
    }
    if (name.matches(".+\\.(?:cs|fs|vb)proj")) {
      return new Format("NuGet", XmlManifests::dotnet);
    }
    return null;
  }
}
