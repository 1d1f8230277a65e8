package io.agentos.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * What a task has read until now, for gates that ask where something comes from. What a tool
 * answered is never an instruction: whoever wrote it may have wished the agent ill.
 *
 * @param texts what tools answered, oldest first, together at most {@value #CHARACTERS_MAX}
 *     characters
 * @param declared texts that the agent's definition hands to tools as they stand there; whoever
 *     wrote the pack vouches for them
 * @param whole false when older texts were left out because of the bound
 * @param intent what was decided before anything was read
 */
public record Seen(List<Text> texts, List<String> declared, boolean whole, Intent intent) {
  /** The newest texts up to this many characters are kept. */
  public static final int CHARACTERS_MAX = 2_000_000;

  /** Nothing yet. */
  public static final Seen NONE = new Seen(List.of(), List.of(), true);

  /**
   * One text.
   *
   * @param origin where it comes from, such as {@code tool:files.read}
   */
  public record Text(String origin, String text) {}

  /**
   * What cannot have been put into the agent's head by what it read.
   *
   * @param tools those it asked for before it had read anything, sorted
   * @param unswayed whether what happens next was decided before anything was read: by a model that
   *     had read nothing, or by a definition
   */
  public record Intent(List<String> tools, boolean unswayed) {
    /** Nothing was decided before. */
    public static final Intent NONE = new Intent(List.of(), false);

    public Intent {
      tools = List.copyOf(tools);
    }
  }

  /** Texts read by one that decided nothing before. */
  public Seen(List<Text> texts, List<String> declared, boolean whole) {
    this(texts, declared, whole, Intent.NONE);
  }

  public Seen {
    texts = List.copyOf(texts);
    declared = List.copyOf(declared);
  }

  /** Where the texts come from, each once, sorted; empty as long as no tool has answered. */
  public List<String> taint() {
    TreeSet<String> origins = new TreeSet<>();
    texts.forEach(text -> origins.add(text.origin()));
    return List.copyOf(origins);
  }

  /** This and a newer text; older ones make room for it. */
  public Seen and(Text text) {
    List<Text> kept = new ArrayList<>();
    long characters = 0;
    List<Text> newestFirst = new ArrayList<>(texts.reversed());
    newestFirst.addFirst(text);
    for (Text each : newestFirst) {
      characters += each.text().length();
      if (characters > CHARACTERS_MAX) {
        break;
      }
      kept.add(each);
    }
    Collections.reverse(kept);
    return new Seen(kept, declared, whole && kept.size() == newestFirst.size(), intent);
  }

  /** The same with another intent. */
  public Seen with(Intent other) {
    return new Seen(texts, declared, whole, other);
  }

  /** Whether anything was read, what was left out since included. */
  public boolean isEmpty() {
    return texts.isEmpty() && whole;
  }
}
