package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.tools.git.GitFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares what a walk leaves out with what git itself leaves out, on random rules. */
final class IgnoreRulesTest {
  private static final int ROUNDS = 150;
  private static final String[] NAMES = {"a", "b", "ab", "a.c", "b c", "c[1]"};
  private static final String[] PIECES = {
    "a",
    "b",
    "c",
    ".",
    "*",
    "**",
    "?",
    "/",
    "/",
    "[a-b]",
    "[!a]",
    "!",
    "\\ ",
    " ",
    "#",
    "\\",
    "[",
    "é",
    "ab",
    "**/",
    "/**",
    "[[:alpha:]]"
  };

  /** Git reads x**&#47; as x followed by **&#47;, against its own manual. */
  private static final Pattern STARS_BEHIND_A_NAME = Pattern.compile("[^/*]\\*\\*");

  @TempDir Path temporary;

  @Test
  void walk_randomIgnoreFiles_seesWhatGitSees() throws IOException {
    GitFixture git = GitFixture.in(temporary);
    for (String one : NAMES) {
      git.write("top-" + one, "").write(one + "/" + one + "/deep", "");
      for (String two : NAMES) {
        git.write("d/" + one + "/" + two, "").write(one + "/" + two + "/x", "");
      }
    }
    Workspace workspace = FileRoots.of(List.of(temporary)).workspace(".");
    Random random = new Random(20_261_101);
    int leftOut = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String rules = rules(random);
      String deeper = rules(random);
      git.write(".gitignore", rules).write("d/.gitignore", deeper);
      Set<String> seen = filesSeen(workspace);
      assertThat(seen).as("rules <%s> and in d <%s>", rules, deeper).isEqualTo(filesOfGit(git));
      leftOut += seen.size() < 100 ? 1 : 0;
    }
    assertThat(leftOut).as("rounds in which much was ignored").isGreaterThan(ROUNDS / 10);
  }

  private static String rules(Random random) {
    StringBuilder rules = new StringBuilder(random.nextInt(9) == 0 ? "\uFEFF" : "");
    for (int count = random.nextInt(5); count > 0; count--) {
      StringBuilder line = new StringBuilder();
      for (int piece = 1 + random.nextInt(5); piece > 0; piece--) {
        line.append(PIECES[random.nextInt(PIECES.length)]);
      }
      if (!STARS_BEHIND_A_NAME.matcher(line).find()) {
        rules.append(line).append(random.nextInt(9) == 0 ? "\r\n" : "\n");
      }
    }
    return rules.toString();
  }

  private static Set<String> filesSeen(Workspace workspace) throws IOException {
    Set<String> files = new TreeSet<>();
    Walk.through(
        workspace,
        Path.of(""),
        new Walk.Bounds(10_000, 10, Duration.ofMinutes(1)),
        entry -> {
          if (entry.kind() == Walk.Kind.FILE) {
            files.add(entry.path());
          }
          return true;
        });
    return files;
  }

  private static Set<String> filesOfGit(GitFixture git) {
    String files = git.run("ls-files", "-z", "--others", "--exclude-standard");
    Set<String> names = new TreeSet<>(Arrays.asList(files.split("\0")));
    names.remove("");
    return names;
  }
}
