package io.agentos.tools.findings;

import io.agentos.tools.files.Printable;

/**
 * Where something was found.
 *
 * @param name a file, an object or a step; empty when there is only one text
 * @param line from 1; 0 for no line
 */
public record Place(String name, int line) implements Comparable<Place> {
  public Place {
    name = Printable.name(name);
  }

  /** A line of the one text that was given. */
  public static Place ofLine(int line) {
    return new Place("", line);
  }

  /** Something that has a name and no line. */
  public static Place named(String name) {
    return new Place(name, 0);
  }

  /** The place in one word or two, such as {@code shop.yaml:12} or {@code line 12}. */
  public String text() {
    if (line == 0) {
      return name.isEmpty() ? "the whole text" : name;
    }
    return name.isEmpty() ? "line " + line : name + ":" + line;
  }

  @Override
  public int compareTo(Place other) {
    int names = name.compareTo(other.name);
    return names == 0 ? Integer.compare(line, other.line) : names;
  }
}
