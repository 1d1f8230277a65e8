package io.agentos.tools.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The files a caller's glob asks for. A glob without a slash is about file names at any depth, one
 * with a slash about paths; {@code {a,b}} means either.
 *
 * <p>Immutable and thread-safe.
 */
final class PathFilter {
  /** The longest glob taken, in characters. */
  static final int LENGTH_MAX = 500;

  private static final int ALTERNATIVES_MAX = 64;

  private final List<Glob> names = new ArrayList<>();
  private final List<Glob> paths = new ArrayList<>();

  private PathFilter(String glob) {
    for (String alternative : alternatives(glob)) {
      if (alternative.indexOf('/') < 0) {
        names.add(Glob.of(alternative));
      } else {
        paths.add(Glob.of(alternative.startsWith("/") ? alternative.substring(1) : alternative));
      }
    }
  }

  static PathFilter of(String glob) {
    return new PathFilter(glob);
  }

  /** Whether the file with this relative path is one of them. */
  boolean accepts(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return names.stream().anyMatch(glob -> glob.matches(name))
        || paths.stream().anyMatch(glob -> glob.matches(path));
  }

  /** The globs without braces that a glob stands for; beyond the bound, braces stay as they are. */
  private static List<String> alternatives(String glob) {
    List<String> done = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of(glob));
    while (!open.isEmpty()) {
      String next = open.removeFirst();
      int close = next.indexOf('}');
      int brace = close < 0 ? -1 : next.lastIndexOf('{', close);
      if (brace < 0 || done.size() + open.size() >= ALTERNATIVES_MAX) {
        done.add(next);
        continue;
      }
      for (String choice : next.substring(brace + 1, close).split(",", -1)) {
        open.addLast(next.substring(0, brace) + choice + next.substring(close + 1));
      }
    }
    return done;
  }
}
