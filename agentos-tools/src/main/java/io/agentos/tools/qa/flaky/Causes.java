package io.agentos.tools.qa.flaky;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the words of failures point to. Guesses, and called so. */
final class Causes {
  private static final Pattern CHANGING =
      Pattern.compile("0x[0-9a-fA-F]+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|@[0-9a-f]{4,}|\\d+");

  private record Cause(String words, String mend) {}

  private static final List<Map.Entry<Pattern, Cause>> CAUSES =
      List.of(
          cause(
              "timed? ?out|timeout|deadline exceeded|did not (?:appear|become)",
              "It waits for something and gives up.",
              "Wait for the state itself and not for a time; then look at why it is slow."),
          cause(
              "address already in use|bindexception|port \\d* ?(?:is )?in use",
              "Two tests want the same port.",
              "Let the system choose the port (port 0)."),
          cause(
              "connection (?:refused|reset)|unknownhost|econnrefused|econnreset|socket|\\b50[234]\\b|network",
              "It needs a service that is not always there.",
              "Start the service with the test, or put a fake in its place."),
          cause(
              "concurrentmodification|deadlock|lock wait|could not serialize|race",
              "Two things change the same data at once.",
              "Give each test its own data, or guard what is shared."),
          cause(
              "outofmemory|heap space|no space left|too many open files",
              "The machine runs out of something.",
              "Close what the tests open; then give the machine more."),
          cause(
              "staleelement|nosuchelement|element.*not (?:found|visible|clickable|interactable)",
              "The page is not ready when the test looks.",
              "Wait until the element can be used."),
          cause(
              "unique constraint|duplicate key|already exists|23505",
              "Data of another test is still there.",
              "Let each test make its own data, and clean up behind it."),
          cause(
              "\\b(?:january|february|midnight|timezone|time zone|daylight)\\b|\\d{4}-\\d\\d-\\d\\dt?",
              "It seems to depend on the date or the time.",
              "Give the code a clock that the test sets."),
          cause(
              "expected|assert|comparisonfailure",
              "A value is another than expected, now and then.",
              "Look for an order that is not fixed (sets, maps, files, rows without ORDER BY), a shared state, or chance."));

  private Causes() {}

  private static Map.Entry<Pattern, Cause> cause(String pattern, String words, String mend) {
    return Map.entry(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), new Cause(words, mend));
  }

  /** A message without what changes from run to run. */
  static String signature(String message) {
    return CHANGING.matcher(message).replaceAll("#");
  }

  /** What a message points to. */
  static String words(String message) {
    return find(message).words();
  }

  /** What to try. */
  static String mend(String message) {
    return find(message).mend();
  }

  private static Cause find(String message) {
    for (Map.Entry<Pattern, Cause> cause : CAUSES) {
      if (cause.getKey().matcher(message).find()) {
        return cause.getValue();
      }
    }
    return new Cause(
        "", "Run it a hundred times by itself, then with its neighbours in another order.");
  }
}
