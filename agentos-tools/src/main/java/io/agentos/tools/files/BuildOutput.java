package io.agentos.tools.files;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The folders that tools fill by themselves: version control, downloads, caches, build results. */
final class BuildOutput {
  private static final Set<String> ALWAYS =
      Set.of(
          ".angular",
          ".bundle",
          ".dart_tool",
          ".eggs",
          ".git",
          ".gradle",
          ".hg",
          ".idea",
          ".jj",
          ".mypy_cache",
          ".next",
          ".nox",
          ".nuxt",
          ".parcel-cache",
          ".pytest_cache",
          ".ruff_cache",
          ".stack-work",
          ".svelte-kit",
          ".svn",
          ".terraform",
          ".tox",
          ".venv",
          "__pycache__",
          "bower_components",
          "node_modules");

  /** Copies of other people's code, beside the file that asks for them. */
  private static final Map<String, List<String>> COPIES =
      Map.of(
          "vendor", List.of("go.mod", "composer.json", "Gemfile"),
          "Pods", List.of("Podfile"),
          "deps", List.of("mix.exs"));

  /** Build results, beside the build file. A {@code .gitignore} knows better where there is one. */
  private static final Map<String, List<String>> RESULTS =
      Map.of(
          "target", List.of("pom.xml", "Cargo.toml", "build.sbt", "project.clj"),
          "build",
              List.of(
                  "build.gradle",
                  "build.gradle.kts",
                  "package.json",
                  "setup.py",
                  "pyproject.toml",
                  "pubspec.yaml"),
          "out", List.of("package.json", "tsconfig.json", "build.gradle", "build.gradle.kts"),
          "dist", List.of("package.json", "setup.py", "pyproject.toml"),
          "coverage", List.of("package.json"),
          "bin", List.of(".csproj", ".fsproj", ".vbproj"),
          "obj", List.of(".csproj", ".fsproj", ".vbproj"),
          "venv", List.of("requirements.txt", "setup.py", "pyproject.toml"),
          "_build", List.of("mix.exs"));

  private BuildOutput() {}

  /**
   * Whether a folder is one of them.
   *
   * @param siblings the names beside it
   * @param ignoreRulesGiven whether a {@code .gitignore} covers this place
   */
  static boolean is(String name, Set<String> siblings, boolean ignoreRulesGiven) {
    return ALWAYS.contains(name)
        || isBeside(COPIES.getOrDefault(name, List.of()), siblings)
        || (!ignoreRulesGiven && isBeside(RESULTS.getOrDefault(name, List.of()), siblings));
  }

  private static boolean isBeside(List<String> files, Set<String> siblings) {
    for (String file : files) {
      boolean found =
          file.startsWith(".")
              ? siblings.stream().anyMatch(sibling -> sibling.endsWith(file))
              : siblings.contains(file);
      if (found) {
        return true;
      }
    }
    return false;
  }
}
