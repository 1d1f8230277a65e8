package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Web addresses in texts. */
final class WebAddresses {
  private static final int LENGTH_MAX = 2_048;
  private static final String ENDS = "<>\"'`()[]{}|\\^";
  private static final String TRAILING = ".,;:!?*_";

  private WebAddresses() {}

  /** Those in a text, in order, in the form in which two of them can be compared. */
  static List<String> in(String text) {
    List<String> found = new ArrayList<>();
    int from = text.indexOf("://");
    while (from >= 0) {
      int begin = begin(text, from);
      int end = end(text, from + 3);
      if (begin >= 0 && end > from + 3) {
        found.add(comparable(text.substring(begin, end)));
      }
      from = text.indexOf("://", Math.max(end, from + 3));
    }
    return found;
  }

  /** Scheme and host in lower case, without fragment and without a last slash. */
  static String comparable(String address) {
    int hash = address.indexOf('#');
    String whole = hash < 0 ? address : address.substring(0, hash);
    int path = whole.indexOf('/', whole.indexOf("://") + 3);
    String host = path < 0 ? whole : whole.substring(0, path);
    String rest = path < 0 ? "" : whole.substring(path);
    return host.toLowerCase(Locale.ROOT)
        + (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
  }

  private static int begin(String text, int colon) {
    if (text.regionMatches(true, colon - 5, "https", 0, 5)) {
      return colon - 5;
    }
    return text.regionMatches(true, colon - 4, "http", 0, 4) ? colon - 4 : -1;
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length()
        && end - from < LENGTH_MAX
        && !Character.isWhitespace(text.charAt(end))
        && ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > from && TRAILING.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }
}
