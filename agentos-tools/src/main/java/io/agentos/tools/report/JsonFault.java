package io.agentos.tools.report;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** What is wrong with a text that should be JSON, in words for who wrote it. */
public final class JsonFault {
  private static final int LENGTH_MAX = 160;

  /** What Jackson adds for programmers: codes of characters, and where its parser stood. */
  private static final Pattern INTERNALS =
      Pattern.compile(" \\(code \\d+(?: / 0x[0-9a-fA-F]+)?\\)| \\(start marker.*| ?\\[Source.*");

  private JsonFault() {}

  /** One sentence with its full stop; where it is stands in the exception's location. */
  public static String words(JacksonException fault) {
    if (fault instanceof UnexpectedEndOfInputException) {
      return "it ends before every {, [ and \" is closed.";
    }
    String first = fault.getOriginalMessage().lines().findFirst().orElse("");
    String plain = INTERNALS.matcher(first).replaceAll("").strip();
    String shown = plain.length() > LENGTH_MAX ? plain.substring(0, LENGTH_MAX) + "…" : plain;
    return shown.endsWith(".") ? shown : shown + ".";
  }
}
