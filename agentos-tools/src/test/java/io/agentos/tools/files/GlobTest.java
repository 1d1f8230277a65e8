package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*.java, A.java, true",
    "*.java, a/A.java, false",
    "a/*/c, a/b/c, true",
    "a/*/c, a/b/b/c, false",
    "a/**/c, a/c, true",
    "a/**/c, a/b/b/c, true",
    "a/**/c, abc, false",
    "**/c, c, true",
    "**/c, a/b/c, true",
    "**/c, a/bc, false",
    "a/**, a/b/c, true",
    "a/**, a, false",
    "a**b, axb, true",
    "a**b, a/b, false",
    "?x, ax, true",
    "?x, /x, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[^a-c]x, dx, true",
    "[]]x, ]x, true",
    "[a, a, false",
    "[[:digit:]]x, 7x, true",
    "[[:nothing:]]x, 7x, false",
    "\\*x, *x, true",
    "\\*x, ax, false",
    "x\\, x, false",
    "'', '', true",
    "abc, abcd, false",
  })
  void matches_asGitDoes(String pattern, String text, boolean expected) {
    assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void matches_manyStarsOnALongName_endsAtOnce() {
    Glob glob = Glob.of("*a".repeat(200) + "b");
    assertThat(glob.matches("a".repeat(4_000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "*.java, src/main/A.java, true",
    "'*.{yml,yaml}', ci/a.yaml, true",
    "'{src,test}/**/*.ts', test/a/b.ts, true",
    "'{src,test}/**/*.ts', lib/a.ts, false",
    "/README.md, README.md, true",
    "/README.md, docs/README.md, false",
    "'a{', 'a{', true",
    "'{a,{b,c}}d', cd, true",
  })
  void filter_namesAndPaths(String glob, String path, boolean expected) {
    assertThat(PathFilter.of(glob).accepts(path)).isEqualTo(expected);
  }

  @Test
  void filter_bracesInBraces_areBounded() {
    PathFilter filter = PathFilter.of("{a,b}".repeat(100));
    assertThat(filter.accepts("a".repeat(100))).isFalse();
  }
}
