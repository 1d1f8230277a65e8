package io.agentos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of one walk. */
final class Walker {
  /** How many of those left out are named. */
  static final int SKIPPED_MAX = 200;

  private static final int NAMES_MAX = 100_000;
  private static final String GITIGNORE = ".gitignore";

  private final Workspace workspace;
  private final Walk.Bounds bounds;
  private final Walk.Visitor visitor;
  private final Deadline deadline;
  private final List<Walk.Skipped> skipped = new ArrayList<>();
  private final Map<Walk.Reason, Integer> skippedCounts = new EnumMap<>(Walk.Reason.class);
  private Optional<String> cut = Optional.empty();
  private int entries;

  Walker(Workspace workspace, Walk.Bounds bounds, Walk.Visitor visitor) {
    this.workspace = workspace;
    this.bounds = bounds;
    this.visitor = visitor;
    this.deadline = Deadline.in(bounds.timeMax());
  }

  Walk.Outcome walk(Path start) throws IOException {
    String prefix = start.toString().isEmpty() ? "" : start.toString().replace('\\', '/') + "/";
    try (Directory directory = workspace.directory(start)) {
      enter(directory, prefix, rulesAbove(start), 0);
    }
    return new Walk.Outcome(entries, skipped, skippedCounts, cut);
  }

  /** The rules of the folders from the top of the workspace down to, but without, the start. */
  private IgnoreRules rulesAbove(Path start) throws IOException {
    IgnoreRules rules = IgnoreRules.NONE;
    for (int depth = 0; depth < start.getNameCount() && !start.toString().isEmpty(); depth++) {
      Path above = depth == 0 ? Path.of("") : start.subpath(0, depth);
      try (Directory directory = workspace.directory(above)) {
        rules = rulesIn(directory, depth == 0 ? "" : above.toString() + "/", rules);
      }
    }
    return rules;
  }

  private IgnoreRules rulesIn(Directory directory, String prefix, IgnoreRules rules)
      throws IOException {
    Path name = Path.of(GITIGNORE);
    try {
      if (!directory.attributes(name).isRegularFile()) {
        return rules;
      }
      try (InputStream stream = Channels.newInputStream(directory.file(name))) {
        byte[] bytes = stream.readNBytes(IgnoreRules.BYTES_MAX);
        return rules.and(prefix, new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (NoSuchFileException e) {
      return rules;
    }
  }

  /** Visits what is in a folder; false when the walk is over. */
  private boolean enter(Directory directory, String prefix, IgnoreRules above, int depth)
      throws IOException {
    List<Path> names = directory.names(NAMES_MAX);
    Set<String> siblings = names.stream().map(Path::toString).collect(Collectors.toSet());
    IgnoreRules rules = siblings.contains(GITIGNORE) ? rulesIn(directory, prefix, above) : above;
    Place place = new Place(directory, prefix, rules, siblings, depth);
    for (Path name : names) {
      if (isCut() || !visit(place, name)) {
        return false;
      }
    }
    if (names.size() == NAMES_MAX) {
      cut = Optional.of("in a folder of more than 100,000 names");
    }
    return cut.isEmpty();
  }

  private record Place(
      Directory directory, String prefix, IgnoreRules rules, Set<String> siblings, int depth) {}

  private boolean isCut() throws InterruptedIOException {
    if (entries >= bounds.entriesMax()) {
      cut = Optional.of("after %s entries".formatted(Printable.number(entries)));
    } else if (deadline.isOver()) {
      cut = Optional.of("after %d seconds".formatted(bounds.timeMax().toSeconds()));
    }
    return cut.isPresent();
  }

  private boolean visit(Place place, Path name) throws IOException {
    String path = place.prefix() + name;
    try {
      BasicFileAttributes attributes = place.directory().attributes(name);
      if (isLeftOut(place, path, name.toString(), attributes.isDirectory())) {
        return true;
      }
      if (attributes.isSymbolicLink()) {
        return visitLink(place, name, path);
      }
      if (attributes.isDirectory()) {
        return visitFolder(place, name, path);
      }
      if (attributes.isRegularFile()) {
        return see(place, name, Walk.Kind.FILE, attributes.size());
      }
      skip(path, Walk.Reason.NOT_A_FILE);
    } catch (InterruptedIOException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Gone, locked or swapped since its folder was read: one entry less, and the walk goes on.
      skip(path, Walk.Reason.UNREADABLE);
    }
    return true;
  }

  private boolean isLeftOut(Place place, String path, String name, boolean folder) {
    boolean output =
        (folder || name.equals(".git"))
            && BuildOutput.is(name, place.siblings(), place.rules().areGiven());
    if (output) {
      skip(path + (folder ? "/" : ""), Walk.Reason.BUILD_OUTPUT);
      return true;
    }
    if (place.rules().ignores(path, folder)) {
      skip(path + (folder ? "/" : ""), Walk.Reason.IGNORED);
      return true;
    }
    return false;
  }

  private boolean visitLink(Place place, Path name, String path) throws IOException {
    Optional<Path> target = RealPath.of(workspace.folder().resolve(place.prefix()).resolve(name));
    if (target.isEmpty() || !target.get().startsWith(workspace.folder())) {
      skip(path, Walk.Reason.LINK_OUTSIDE);
      return true;
    }
    return see(place, name, Walk.Kind.LINK, 0);
  }

  private boolean visitFolder(Place place, Path name, String path) throws IOException {
    if (!see(place, name, Walk.Kind.FOLDER, 0)) {
      return false;
    }
    if (place.depth() >= bounds.depthMax()) {
      skip(path + "/", Walk.Reason.TOO_DEEP);
      return true;
    }
    try (Directory inside = place.directory().directory(name)) {
      return enter(inside, path + "/", place.rules(), place.depth() + 1);
    }
  }

  private boolean see(Place place, Path name, Walk.Kind kind, long bytes) throws IOException {
    entries++;
    return visitor.visit(
        new Walk.Entry(place.directory(), name, place.prefix() + name, kind, bytes));
  }

  private void skip(String path, Walk.Reason reason) {
    skippedCounts.merge(reason, 1, Integer::sum);
    if (skipped.size() < SKIPPED_MAX) {
      skipped.add(new Walk.Skipped(Printable.name(path), reason));
    }
  }
}
