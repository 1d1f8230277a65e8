package io.agentos.tools.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code .gitignore} files from the top of a workspace down to one folder say is not
 * source. The rules of a deeper file win, and within a file the last that matches.
 *
 * <p>As with git, what lies in an ignored folder stays ignored. Other than with git, a file that is
 * tracked all the same counts as ignored, for only the files are read and not the index; and {@code
 * ?} stands for a character where git takes a byte. Immutable.
 */
final class IgnoreRules {
  /** No file so far. */
  static final IgnoreRules NONE = new IgnoreRules(null, "", List.of());

  /** How much of one file is read, in bytes. */
  static final int BYTES_MAX = 64 * 1024;

  private static final int RULES_MAX = 2_000;

  private record Rule(Glob glob, boolean negated, boolean folderOnly, boolean nameOnly) {}

  private final @Nullable IgnoreRules outer;
  private final String folder;
  private final List<Rule> rules;

  private IgnoreRules(@Nullable IgnoreRules outer, String folder, List<Rule> rules) {
    this.outer = outer;
    this.folder = folder;
    this.rules = List.copyOf(rules);
  }

  /**
   * These rules and those of one more file.
   *
   * @param folder where the file lies: empty for the top, else a relative path with a slash behind
   */
  IgnoreRules and(String folder, String gitignore) {
    List<Rule> added = new ArrayList<>();
    String text = gitignore.startsWith("\uFEFF") ? gitignore.substring(1) : gitignore;
    for (String line : text.split("\n", RULES_MAX)) {
      Rule rule = rule(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
      if (rule != null) {
        added.add(rule);
      }
    }
    return new IgnoreRules(this, folder, added);
  }

  /** Whether any file was read. */
  boolean areGiven() {
    return outer != null;
  }

  private static @Nullable Rule rule(String line) {
    if (line.startsWith("#")) {
      return null;
    }
    String pattern = withoutTrailingSpaces(line);
    boolean negated = pattern.startsWith("!");
    pattern = negated ? pattern.substring(1) : pattern;
    boolean folderOnly = pattern.endsWith("/");
    pattern = folderOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    if (pattern.isEmpty()) {
      return null;
    }
    boolean nameOnly = pattern.indexOf('/') < 0;
    Glob glob = Glob.of(pattern.startsWith("/") ? pattern.substring(1) : pattern);
    return new Rule(glob, negated, folderOnly, nameOnly);
  }

  /** A space behind a backslash stays. */
  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    int backslashes = 0;
    while (end - backslashes > 0 && line.charAt(end - backslashes - 1) == '\\') {
      backslashes++;
    }
    boolean escaped = backslashes % 2 == 1 && end < line.length();
    return line.substring(0, escaped ? end + 1 : end);
  }

  /** Whether a path, relative to the top and with {@code /} between names, is ignored. */
  boolean ignores(String path, boolean isFolder) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (IgnoreRules level = this; level != null; level = level.outer) {
      for (Rule rule : level.rules.reversed()) {
        if (rule.folderOnly() && !isFolder) {
          continue;
        }
        String text = rule.nameOnly() ? name : path.substring(level.folder.length());
        if (rule.glob().matches(text)) {
          return !rule.negated();
        }
      }
    }
    return false;
  }
}
