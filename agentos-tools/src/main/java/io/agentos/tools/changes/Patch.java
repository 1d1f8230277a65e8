package io.agentos.tools.changes;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change as a unified diff has it, of git or of plain {@code diff -u}.
 *
 * @param cut whether there were more files than are kept
 */
record Patch(List<Changed> files, boolean cut) {
  static final int FILES_MAX = 3_000;
  private static final int LINES_KEPT_MAX = 20_000;
  private static final int LINE_LENGTH_MAX = 500;
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

  /** What happened to a file. */
  enum Fate {
    CHANGED,
    ADDED,
    DELETED,
    RENAMED
  }

  /**
   * A line that was added.
   *
   * @param number in the new file
   */
  record Line(int number, String text) {}

  /**
   * A file of a change.
   *
   * @param path its new path, or the old one when it was deleted
   * @param addedLines the first of the lines that were added
   */
  record Changed(
      String path,
      Fate fate,
      boolean binary,
      boolean modeChanged,
      int added,
      int deleted,
      int hunks,
      List<Line> addedLines) {
    public Changed {
      addedLines = List.copyOf(addedLines);
    }

    int churn() {
      return added + deleted;
    }
  }

  /** Reads a diff line by line. Owned by one thread. */
  private static final class Reader {
    private final List<Changed> files = new ArrayList<>();
    private List<Line> lines = new ArrayList<>();
    private String path = "";
    private String oldPath = "";
    private Fate fate = Fate.CHANGED;
    private boolean binary;
    private boolean mode;
    private boolean open;
    private boolean cut;
    private int added;
    private int deleted;
    private int hunks;
    private int kept;
    private int oldLeft;
    private int newLeft;
    private int newLine;

    void line(int number, String line) {
      if (oldLeft > 0 || newLeft > 0) {
        body(number, line);
        return;
      }
      Matcher hunk = HUNK.matcher(line);
      if (line.startsWith("diff --git ")) {
        end();
        open = true;
        path = gitPath(line);
      } else if (line.startsWith("--- ") && !line.equals("--- ")) {
        if (!open || hunks > 0) {
          end();
          open = true;
        }
        oldPath = name(line.substring(4));
      } else if (line.startsWith("+++ ") && open) {
        target(name(line.substring(4)));
      } else if (hunk.matches() && open) {
        hunks++;
        oldLeft = hunk.group(1) == null ? 1 : number(hunk.group(1));
        newLine = number(hunk.group(2));
        newLeft = hunk.group(3) == null ? 1 : number(hunk.group(3));
      } else if (open) {
        header(line);
      }
    }

    private void target(String name) {
      if (name.equals("/dev/null")) {
        fate = Fate.DELETED;
        path = oldPath;
      } else {
        path = name;
        fate = oldPath.equals("/dev/null") ? Fate.ADDED : fate;
      }
    }

    private void header(String line) {
      if (line.startsWith("new file mode")) {
        fate = Fate.ADDED;
      } else if (line.startsWith("deleted file mode")) {
        fate = Fate.DELETED;
      } else if (line.startsWith("rename to ")) {
        fate = Fate.RENAMED;
        path = line.substring("rename to ".length());
      } else if (line.startsWith("new mode ")) {
        mode = true;
      } else if (line.startsWith("Binary files ") || line.equals("GIT binary patch")) {
        binary = true;
      }
    }

    private void body(int number, String line) {
      char kind = line.isEmpty() ? ' ' : line.charAt(0);
      switch (kind) {
        case '+' -> {
          added++;
          newLeft--;
          keep(line.substring(1));
          newLine++;
        }
        case '-' -> {
          deleted++;
          oldLeft--;
        }
        case ' ' -> {
          oldLeft--;
          newLeft--;
          newLine++;
        }
        case '\\' -> {
          // "No newline at end of file" is no line.
        }
        default ->
            throw new AgentOsException(
                ErrorCode.INVALID_INPUT,
                "Line %d of the patch should begin with a blank, + or -, and begins with '%s'. Is it cut or wrapped? Make it anew with git diff."
                    .formatted(number, Printable.line(line, 20)));
      }
    }

    private void keep(String text) {
      if (kept < LINES_KEPT_MAX) {
        kept++;
        lines.add(new Line(newLine, Printable.line(text, LINE_LENGTH_MAX)));
      }
    }

    private void end() {
      if (open && !path.isEmpty()) {
        if (files.size() < FILES_MAX) {
          files.add(
              new Changed(Printable.name(path), fate, binary, mode, added, deleted, hunks, lines));
        } else {
          cut = true;
        }
      }
      lines = new ArrayList<>();
      path = "";
      oldPath = "";
      fate = Fate.CHANGED;
      binary = false;
      mode = false;
      added = 0;
      deleted = 0;
      hunks = 0;
    }

    private static int number(String digits) {
      return digits.length() > 9 ? Integer.MAX_VALUE / 2 : Integer.parseInt(digits);
    }

    /** The second of two paths that are alike, when no other line tells. */
    private static String gitPath(String line) {
      int at = line.indexOf(" b/");
      return at < 0 ? "" : name(line.substring(at + 1));
    }

    /** Without the prefix of git, quotes, and the date that diff puts behind a tab. */
    private static String name(String text) {
      int tab = text.indexOf('\t');
      String name = (tab < 0 ? text : text.substring(0, tab)).strip();
      name =
          name.startsWith("\"") && name.endsWith("\"") && name.length() > 1
              ? name.substring(1, name.length() - 1)
              : name;
      return name.startsWith("a/") || name.startsWith("b/") ? name.substring(2) : name;
    }
  }

  /**
   * Reads a diff; what stands before it, as in a mail, is passed over.
   *
   * @throws AgentOsException INVALID_INPUT when a hunk is broken
   */
  static Patch of(String text) {
    Reader reader = new Reader();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      reader.line(number, line);
    }
    reader.end();
    return new Patch(List.copyOf(reader.files), reader.cut);
  }
}
