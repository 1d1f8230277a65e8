package io.agentos.runtime.redaction;

import java.util.List;

/**
 * One walk over a text, piece by piece. What it does with a piece depends on the piece, on the
 * {@link Stretch#LOOK_BACK} chars before it and on what it swallows, and not on how the text came.
 *
 * <p>Of one thread.
 */
final class Pass {
  /** What is looked at again after a piece of the greatest length, in which a value may begin. */
  private static final int KEPT = 2_048;

  /** Takes the text, in order. */
  interface Sink {
    void text(String text, int begin, int end);

    void value(SensitiveKind kind, String text, int begin, int end);

    /** More of the value before. */
    void more(String text, int begin, int end);
  }

  /** A value whose end has not come yet. */
  private enum Swallowing {
    NOTHING,
    TO_SPACE,
    TO_KEY_END
  }

  private final Segments segments;
  private final Scanners scanners;
  private final boolean privateKeys;
  private final Sink sink;
  private Swallowing swallowing = Swallowing.NOTHING;

  /** How many chars came since a value was swallowed; what is before them is not looked at. */
  private int since = Stretch.LOOK_BACK;

  Pass(Segments segments, Scanners scanners, boolean privateKeys, Sink sink) {
    this.segments = segments;
    this.scanners = scanners;
    this.privateKeys = privateKeys;
    this.sink = sink;
  }

  /**
   * Takes what can be decided.
   *
   * @param from what is before it was taken already
   * @param ended whether the text ends where it ends so far
   * @return up to where it was taken; the end of the text when that has ended
   */
  int take(String text, int from, boolean ended) {
    int at = from;
    while (at < text.length()) {
      boolean free = swallowing == Swallowing.NOTHING;
      int next = free ? piece(text, at, ended) : swallow(text, at, ended);
      if (next == at) {
        return at;
      }
      since = free ? Math.min(Stretch.LOOK_BACK, since + next - at) : 0;
      at = next;
    }
    return at;
  }

  private int piece(String text, int from, boolean ended) {
    int end = segments.end(text, from, ended);
    if (end >= 0) {
      return whole(text, from, end, ended && end == text.length());
    }
    return text.length() - from >= Segments.LENGTH_MAX ? forced(text, from) : from;
  }

  /** A piece, up to a private key in it. */
  private int whole(String text, int from, int end, boolean last) {
    int key = keyBegin(text, from, end);
    int to = key >= 0 ? key : end;
    int at = write(text, from, to, scanners.scan(text, since, from, to, last && key < 0));
    sink.text(text, at, Math.max(at, to));
    return key >= 0 ? beginKey(text, to, end) : to;
  }

  private int beginKey(String text, int key, int end) {
    swallowing = Swallowing.TO_KEY_END;
    sink.value(SensitiveKind.PRIVATE_KEY, text, key, end);
    return key + 1;
  }

  /** A piece of the greatest length without a place to cut it: its end is looked at again. */
  private int forced(String text, int from) {
    int end = from + Segments.LENGTH_MAX;
    int key = keyBegin(text, from, end);
    if (key >= 0) {
      return whole(text, from, end, false);
    }
    int cut = end - KEPT;
    List<Span> spans = scanners.scan(text, since, from, end, false);
    for (Span span : spans) {
      if (span.begin() < cut && span.end() > cut) {
        cut = span.end() < end ? span.end() : span.begin();
        if (cut == from) {
          sink.value(span.kind(), text, from, end);
          swallowing = Swallowing.TO_SPACE;
          return end;
        }
        break;
      }
    }
    int limit = cut;
    int at = write(text, from, limit, spans.stream().filter(s -> s.end() <= limit).toList());
    sink.text(text, at, Math.max(at, limit));
    return limit;
  }

  private int write(String text, int from, int to, List<Span> spans) {
    int at = from;
    for (Span span : spans) {
      sink.text(text, at, span.begin());
      sink.value(span.kind(), text, span.begin(), Math.min(to, span.end()));
      at = Math.min(to, span.end());
    }
    return at;
  }

  private int keyBegin(String text, int from, int end) {
    if (!privateKeys || text.indexOf("-----BEGIN ", from, end) < 0) {
      return -1;
    }
    return SecretPatterns.keyBegin(new Stretch(text, from, from, end, false, new Spans()), from);
  }

  private int swallow(String text, int from, boolean ended) {
    int end = -1;
    int keep = 0;
    if (swallowing == Swallowing.TO_SPACE) {
      end = from;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      end = end == text.length() ? -1 : end;
    } else {
      end = SecretPatterns.keyEnd(text, from, text.length());
      keep = SecretPatterns.keyEndMax();
    }
    if (end >= 0) {
      swallowing = Swallowing.NOTHING;
    } else {
      end = ended ? text.length() : Math.max(from, text.length() - keep);
    }
    if (end > from) {
      sink.more(text, from, end);
    }
    return end;
  }
}
