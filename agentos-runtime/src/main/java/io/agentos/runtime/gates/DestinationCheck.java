package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where something goes must come, letter by letter, from what the caller gave, from what the
 * agent's definition says itself, or from a list: not from what a tool read. Only ASCII case and
 * the white space around it do not matter, so that a look-alike is another destination.
 */
final class DestinationCheck implements Check {
  private static final int LENGTH_MAX = 2_048;

  /** A destination of several words is looked for in the text; a longer one is not. */
  private static final int WORDS_LENGTH_MAX = 256;

  private static final String OPENING = "<([{\"'`,;|=";
  private static final String CLOSING = ">)]}\"'`,;|";
  private static final String SENTENCE = ".!?:";

  private final ArgumentValues arguments;
  private final Set<String> allowed = new HashSet<>();
  private final List<String> domains = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();

  DestinationCheck(GateCheck.Destination options) {
    this.arguments = ArgumentValues.named(options.arguments());
    for (String one : options.allowed()) {
      if (one.startsWith("*@")) {
        domains.add(plain(one.substring(1)));
      } else if (one.endsWith("*")) {
        prefixes.add(plain(one.substring(0, one.length() - 1)));
      } else {
        allowed.add(plain(one));
      }
    }
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    if (!(checkpoint instanceof Checkpoint.BeforeTool before)) {
      return GateResult.PASS;
    }
    List<String> values =
        arguments.texts(before.call().arguments()).stream().filter(one -> !one.isBlank()).toList();
    if (values.isEmpty()) {
      return GateResult.PASS;
    }
    Given given = Given.of(before);
    long unknown =
        values.stream().filter(value -> !known(value, given) && !everyPart(value, given)).count();
    return unknown == 0
        ? GateResult.PASS
        : consequence.of(
            List.of(
                "%d of %d destinations of %s %s neither from the caller nor from a list."
                    .formatted(
                        unknown,
                        values.size(),
                        before.tool().name(),
                        unknown == 1 ? "comes" : "come")));
  }

  /** A row of addresses is known when each of them is. */
  private boolean everyPart(String value, Given given) {
    if (value.indexOf('@') < 0 || value.length() > LENGTH_MAX) {
      return false;
    }
    String[] parts = value.split("[,;]", -1);
    for (String part : parts) {
      if (!known(bare(part), given)) {
        return false;
      }
    }
    return parts.length > 0;
  }

  /** Of {@code Ada <ada@example.com>} the address: the name is for people. */
  private static String bare(String part) {
    int begin = part.lastIndexOf('<');
    int end = part.lastIndexOf('>');
    return begin >= 0 && end > begin && part.substring(end + 1).isBlank()
        ? part.substring(begin + 1, end)
        : part;
  }

  private boolean known(String value, Given given) {
    String plain = plain(value);
    if (plain.isEmpty() || plain.length() > LENGTH_MAX) {
      return false;
    }
    return allowed.contains(plain)
        || given.holds(plain)
        || domains.stream().anyMatch(domain -> isOf(plain, domain))
        || prefixes.stream().anyMatch(prefix -> leadsBelow(plain, prefix));
  }

  private static boolean isOf(String address, String domain) {
    int at = address.indexOf('@');
    return at > 0
        && address.substring(at).equals(domain)
        && address.chars().limit(at).allMatch(c -> c > ' ' && "<>,;:\"\\()[]".indexOf(c) < 0);
  }

  /** What could lead out again does not lead below. */
  private static boolean leadsBelow(String address, String prefix) {
    if (!address.startsWith(prefix)) {
      return false;
    }
    String rest = address.substring(prefix.length());
    return !rest.contains("..")
        && !rest.contains("%2e")
        && !rest.contains("\\")
        && rest.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
  }

  /** In lower case as far as it is ASCII, without white space around. */
  private static String plain(String text) {
    String bare = text.strip();
    StringBuilder plain = new StringBuilder(bare.length());
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      plain.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return plain.toString();
  }

  /** What may be trusted: the caller's texts, whole and word by word, and the definition's. */
  private record Given(Set<String> wholes, Set<String> words, List<String> texts) {
    static Given of(Checkpoint.BeforeTool before) {
      Set<String> wholes = new HashSet<>();
      Set<String> words = new HashSet<>();
      List<String> texts = new ArrayList<>();
      before.seen().declared().forEach(text -> wholes.add(plain(text)));
      for (CheckpointTexts.Place place : CheckpointTexts.input(before)) {
        String text = plain(place.text());
        wholes.add(text);
        texts.add(text);
        for (String word : text.split("[\\s<>()\\[\\]{}\"'`,;|]+", -1)) {
          words.add(word);
          words.add(withoutEnd(word));
        }
      }
      return new Given(wholes, words, texts);
    }

    boolean holds(String value) {
      if (wholes.contains(value) || words.contains(value)) {
        return true;
      }
      boolean several = value.chars().anyMatch(Character::isWhitespace);
      return several
          && value.length() <= WORDS_LENGTH_MAX
          && texts.stream().anyMatch(text -> stands(value, text));
    }

    private static String withoutEnd(String word) {
      int end = word.length();
      while (end > 0 && SENTENCE.indexOf(word.charAt(end - 1)) >= 0) {
        end--;
      }
      return word.substring(0, end);
    }

    private static boolean stands(String value, String text) {
      for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        if (opens(text, at - 1) && closes(text, at + value.length())) {
          return true;
        }
      }
      return false;
    }

    private static boolean opens(String text, int index) {
      return index < 0
          || Character.isWhitespace(text.charAt(index))
          || OPENING.indexOf(text.charAt(index)) >= 0;
    }

    private static boolean closes(String text, int index) {
      int next = index;
      while (next < text.length() && SENTENCE.indexOf(text.charAt(next)) >= 0) {
        next++;
      }
      return next >= text.length()
          || Character.isWhitespace(text.charAt(next))
          || CLOSING.indexOf(text.charAt(next)) >= 0;
    }
  }
}
