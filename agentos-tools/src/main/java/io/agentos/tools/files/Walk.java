package io.agentos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One bounded way through a workspace, folder by folder in the order of names.
 *
 * <p>It follows no link, leaves out version control, build output and what {@code .gitignore} says,
 * and ends at the first of its bounds.
 */
public final class Walk {
  private static final int SKIPPED_NAMED = 5;

  private Walk() {}

  /**
   * Where a walk ends at the latest.
   *
   * @param entriesMax files, folders and links seen
   * @param depthMax folders below the start, 0 for the start alone
   * @param timeMax from its start
   */
  public record Bounds(int entriesMax, int depthMax, Duration timeMax) {
    /** How deep any walk goes; each level holds a file descriptor. */
    public static final int DEPTH_MAX = 64;

    public Bounds {
      if (entriesMax < 1 || depthMax < 0 || depthMax > DEPTH_MAX) {
        throw new IllegalArgumentException("a walk sees 1 entry or more, 0 to 64 folders deep");
      }
    }
  }

  /** What an entry is. */
  public enum Kind {
    FILE,
    FOLDER,
    /** A link that leads to a place inside the workspace; not followed. */
    LINK
  }

  /** Why something was left out. */
  public enum Reason {
    IGNORED("ignored by .gitignore"),
    BUILD_OUTPUT("version control, downloads or build output"),
    LINK_OUTSIDE("links that lead out of the folder or nowhere"),
    UNREADABLE("not readable"),
    NOT_A_FILE("neither file nor folder"),
    TOO_DEEP("below the depth that was asked for");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** The reason for people. */
    public String words() {
      return words;
    }
  }

  /**
   * Something that was left out.
   *
   * @param path relative to the workspace, fit to be shown
   */
  public record Skipped(String path, Reason reason) {}

  /**
   * How a walk ended.
   *
   * @param skipped the first of those left out, at most {@value Walker#SKIPPED_MAX}
   * @param skippedCounts how many were left out in all, by reason
   * @param cut the bound that ended it early; empty when everything was seen or the visitor stopped
   */
  public record Outcome(
      int entries,
      List<Skipped> skipped,
      Map<Reason, Integer> skippedCounts,
      Optional<String> cut) {
    public Outcome {
      skipped = List.copyOf(skipped);
      skippedCounts = Map.copyOf(skippedCounts);
    }

    /** What was left out and why, a line for each reason; empty when nothing was. */
    public String skippedText() {
      StringBuilder text = new StringBuilder();
      for (Reason reason : Reason.values()) {
        int count = skippedCounts.getOrDefault(reason, 0);
        if (count > 0) {
          String names =
              skipped.stream()
                  .filter(one -> one.reason() == reason)
                  .limit(SKIPPED_NAMED)
                  .map(Skipped::path)
                  .collect(Collectors.joining(", "));
          text.append("Left out, %s: %s".formatted(reason.words(), names));
          text.append(
              count > SKIPPED_NAMED
                  ? " and %s more\n".formatted(Printable.number(count - SKIPPED_NAMED))
                  : "\n");
        }
      }
      return text.toString();
    }
  }

  /** Who sees the entries. */
  @FunctionalInterface
  public interface Visitor {
    /** Sees one entry, which can be read until this returns; false ends the walk. */
    boolean visit(Entry entry) throws IOException;
  }

  /** Something on the way. */
  public static final class Entry {
    private final Directory directory;
    private final Path member;
    private final String path;
    private final Kind kind;
    private final long bytes;

    Entry(Directory directory, Path member, String path, Kind kind, long bytes) {
      this.directory = directory;
      this.member = member;
      this.path = path;
      this.kind = kind;
      this.bytes = bytes;
    }

    /** Relative to the workspace, {@code /} between names. */
    public String path() {
      return path;
    }

    public Kind kind() {
      return kind;
    }

    /** The size of a file in bytes. */
    public long bytes() {
      return bytes;
    }

    /** Opens a file. */
    public SeekableByteChannel open() throws IOException {
      return directory.file(member);
    }

    /** The first bytes of a file, at most {@code bytesMax}. */
    public byte[] read(int bytesMax) throws IOException {
      try (SeekableByteChannel channel = open();
          InputStream stream = Channels.newInputStream(channel)) {
        return stream.readNBytes(bytesMax);
      }
    }
  }

  /**
   * Walks from a folder of the workspace downwards.
   *
   * @param start what {@link Workspace#locate} answered about a folder
   */
  public static Outcome through(Workspace workspace, Path start, Bounds bounds, Visitor visitor)
      throws IOException {
    return new Walker(workspace, bounds, visitor).walk(start);
  }
}
