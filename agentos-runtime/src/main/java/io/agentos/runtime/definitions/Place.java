package io.agentos.runtime.definitions;

/** A place in a file, both counted from 1; {@link #UNKNOWN} where the file as a whole is meant. */
record Place(int line, int column) implements Comparable<Place> {
  static final Place UNKNOWN = new Place(0, 0);

  @Override
  public int compareTo(Place other) {
    return line == other.line
        ? Integer.compare(column, other.column)
        : Integer.compare(line, other.line);
  }
}
