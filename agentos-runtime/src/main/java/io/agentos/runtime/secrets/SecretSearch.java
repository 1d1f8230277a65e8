package io.agentos.runtime.secrets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds needles in a text as it is and as it reads when it is decoded, once and twice, with and
 * without its white space. Pure.
 */
final class SecretSearch {
  private static final int DECODINGS = 2;

  private SecretSearch() {}

  /** A place in the text, from and to, and what to put there. */
  private record Hit(int from, int to, String name) {}

  /** The text with the name of each needle in its place. */
  static String replace(String text, List<Needle> needles) {
    List<Hit> hits = new ArrayList<>();
    TextView view = TextView.of(text);
    for (int i = 0; i <= DECODINGS; i++) {
      find(view.folded(), needles, false, hits);
      find(view.folded().withoutSpace(), needles, true, hits);
      TextView decoded = view.decoded();
      if (decoded.length() == view.length()) {
        break;
      }
      view = decoded;
    }
    return hits.isEmpty() ? text : replaced(text, hits);
  }

  private static void find(TextView view, List<Needle> needles, boolean spaceless, List<Hit> hits) {
    for (Needle needle : needles) {
      for (String form : forms(needle.text(), spaceless)) {
        for (int at = view.indexOf(form, 0); at >= 0; at = view.indexOf(form, at + 1)) {
          hits.add(new Hit(view.from(at), view.to(at + form.length() - 1), needle.name()));
        }
      }
    }
  }

  /** A needle as the view reads it; what became too short by it would be found everywhere. */
  private static Set<String> forms(String needle, boolean spaceless) {
    Set<String> forms = new LinkedHashSet<>();
    TextView view = TextView.of(needle);
    for (int i = 0; i <= DECODINGS; i++) {
      TextView folded = spaceless ? view.folded().withoutSpace() : view.folded();
      if (folded.length() >= Secrets.VALUE_LENGTH_MIN) {
        forms.add(folded.text());
      }
      view = view.decoded();
    }
    return forms;
  }

  /** Hits that overlap are one, under the name of the first. */
  private static String replaced(String text, List<Hit> hits) {
    hits.sort(Comparator.comparingInt(Hit::from).thenComparing(Hit::to, Comparator.reverseOrder()));
    BitSet covered = new BitSet(text.length());
    hits.forEach(hit -> covered.set(hit.from, hit.to));
    StringBuilder clean = new StringBuilder(text.length());
    int next = 0;
    int at = 0;
    while (at < text.length()) {
      int from = covered.nextSetBit(at);
      if (from < 0) {
        break;
      }
      int to = covered.nextClearBit(from);
      while (hits.get(next).to <= from) {
        next++;
      }
      clean.append(text, at, from).append(hits.get(next).name);
      at = to;
    }
    return clean.append(text, at, text.length()).toString();
  }
}
