package io.agentos.runtime.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * All scanners over one stretch: over the text as it is, over what its escapes stand for, and over
 * what its encoded rows decode to, up to {@link #DEPTH_MAX} layers deep.
 *
 * <p>Thread-safe.
 */
final class Scanners {
  /** How many layers of encoding are undone. */
  static final int DEPTH_MAX = 3;

  /** What was found may uncover something beside it, so it is looked at again, so often. */
  private static final int ROUNDS_MAX = 4;

  private static final int DIGIT = 1;
  private static final int AT = 2;
  private static final int CAPITAL = 4;
  private static final int COLONS = 8;
  private static final int HIDDEN = 16;
  private static final int SIGN = 32;
  private static final int ROW = 64;
  private static final int ROW_END = 128;
  private static final int ROW_MIN = 12;
  private static final int[] FEATURES = asciiFeatures();

  private final RedactionRules rules;
  private final KnownValues secrets;

  /** Whether there is something to look for in any text, whatever its features. */
  private final boolean asks;

  /** The features that a scanner is asked for. */
  private final int wanted;

  Scanners(RedactionRules rules, KnownValues secrets) {
    this.rules = rules;
    this.secrets = secrets;
    this.asks = !(secrets.isEmpty() && rules.words().isEmpty() && rules.patterns().isEmpty());
    boolean guesses = rules.looksFor(SensitiveKind.NAME) || rules.looksFor(SensitiveKind.CITY);
    this.wanted = DIGIT | AT | COLONS | HIDDEN | SIGN | ROW | (guesses ? CAPITAL : 0);
  }

  /**
   * What stands between {@code from} and {@code to}, in order, none over another.
   *
   * @param back how many chars before {@code from} may be looked at
   */
  List<Span> scan(String text, int back, int from, int to, boolean last) {
    return scan(text, Math.max(0, from - back), from, to, last, DEPTH_MAX);
  }

  private List<Span> scan(String text, int floor, int from, int to, boolean last, int depth) {
    int features = features(text, from, to);
    if (features == 0 && !asks) {
      return List.of();
    }
    int base = 0;
    String shown = text;
    List<Span> hidden = marks(text, floor, to);
    Spans found = new Spans();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      if (!hidden.isEmpty()) {
        shown =
            Marked.hide(round > 0 && base > 0 ? shown : text.substring(floor, to), hidden, floor);
        base = floor;
        features = features(shown, from - base, to - base);
        if (features == 0 && !asks) {
          break;
        }
      }
      Spans spans = new Spans();
      Stretch stretch = new Stretch(shown, base, floor - base, from - base, to - base, last, spans);
      all(stretch, features, depth, spans);
      if (spans.isEmpty()) {
        break;
      }
      hidden = clipped(spans.merged(), from);
      hidden.forEach(span -> found.add(span.kind(), span.begin(), span.end()));
    }
    return found.merged();
  }

  /** A forced cut may lie within an escape. */
  private static List<Span> clipped(List<Span> spans, int from) {
    if (spans.getFirst().begin() >= from) {
      return spans;
    }
    return spans.stream()
        .filter(span -> span.end() > from)
        .map(span -> new Span(span.kind(), Math.max(from, span.begin()), span.end()))
        .toList();
  }

  private void all(Stretch stretch, int features, int depth, Spans spans) {
    plain(stretch, features);
    if (depth == 0) {
      return;
    }
    if ((features & HIDDEN) != 0) {
      Stretch view = Unhidden.view(stretch, spans);
      if (view != null) {
        all(view, features(view.text, view.from, view.to), depth - 1, spans);
      }
    }
    if ((features & ROW) != 0) {
      Encoded.rows(stretch, (text, begin, end) -> encoded(stretch, text, begin, end, depth));
    }
  }

  private void encoded(Stretch stretch, String text, int begin, int end, int depth) {
    List<Span> within = scan(text, 0, 0, text.length(), true, depth - 1);
    if (!within.isEmpty()) {
      SensitiveKind kind = within.stream().map(Span::kind).min(Enum::compareTo).orElseThrow();
      stretch.add(kind, begin, end);
    }
  }

  private void plain(Stretch stretch, int features) {
    if (!secrets.isEmpty()) {
      secrets.scan(stretch, SensitiveKind.SECRET);
    }
    if (!rules.words().isEmpty() && rules.looksFor(SensitiveKind.WORD)) {
      rules.words().scan(stretch, SensitiveKind.WORD);
    }
    if (rules.looksFor(SensitiveKind.PATTERN)) {
      rules.patterns().forEach(pattern -> pattern.scan(stretch));
    }
    if ((features & (SIGN | COLONS | DIGIT | ROW)) != 0) {
      named(stretch, features);
    }
    if ((features & AT) != 0 && rules.looksFor(SensitiveKind.EMAIL)) {
      EmailAddresses.scan(stretch);
    }
    if ((features & DIGIT) != 0) {
      numbers(stretch);
    }
    if ((features & (DIGIT | COLONS)) != 0) {
      boolean addresses = rules.looksFor(SensitiveKind.IP);
      boolean devices = rules.looksFor(SensitiveKind.DEVICE);
      if (addresses || devices) {
        NetworkAddresses.scan(stretch, addresses, devices);
      }
      if (rules.looksFor(SensitiveKind.UUID)) {
        Uuids.scan(stretch);
      }
    }
    if ((features & CAPITAL) != 0) {
      guesses(stretch);
    }
  }

  /** What is known by a name or a prefix. */
  private void named(Stretch stretch, int features) {
    if (rules.looksFor(SensitiveKind.KEY)) {
      SecretPatterns.scan(stretch);
    }
    if (rules.looksFor(SensitiveKind.PASSWORD) || rules.looksFor(SensitiveKind.KEY)) {
      Passwords.scan(stretch);
      if ((features & AT) != 0) {
        Passwords.scanAddresses(stretch);
      }
    }
  }

  private void numbers(Stretch stretch) {
    boolean cards = rules.looksFor(SensitiveKind.CARD);
    boolean social = rules.looksFor(SensitiveKind.SSN);
    boolean ids = rules.looksFor(SensitiveKind.NATIONAL_ID);
    boolean phones = rules.looksFor(SensitiveKind.PHONE);
    boolean births = rules.looksFor(SensitiveKind.BIRTH_DATE);
    boolean devices = rules.looksFor(SensitiveKind.DEVICE);
    if (rules.looksFor(SensitiveKind.IBAN)) {
      BankAccounts.scan(stretch);
    }
    if (ids) {
      LetterIds.scan(stretch);
    }
    if (rules.looksFor(SensitiveKind.ADDRESS)) {
      Places.scan(stretch);
    }
    if (!(cards || social || ids || phones || births || devices)) {
      return;
    }
    DigitRow row = new DigitRow(stretch);
    for (int next = row.next(stretch.from); next >= 0; next = row.next(next)) {
      if (cards) {
        CardNumbers.scan(row);
      }
      if (social || ids) {
        NationalIds.scan(row, social, ids);
      }
      if (phones) {
        PhoneNumbers.scan(row);
      }
      if (births) {
        BirthDates.scan(row);
      }
      if (devices) {
        Uuids.scanImei(row);
      }
    }
  }

  private void guesses(Stretch stretch) {
    if (rules.looksFor(SensitiveKind.NAME)) {
      Names.scan(stretch);
    }
    if (rules.looksFor(SensitiveKind.CITY)) {
      Cities.scan(stretch);
    }
  }

  private static List<Span> marks(String text, int floor, int to) {
    List<Span> marks = List.of();
    int begin = Math.max(0, floor - Marks.lengthMax());
    if (text.indexOf('[', begin, to) < 0 && text.indexOf('<', begin, to) < 0) {
      return marks;
    }
    int i = begin;
    while (i < to) {
      char c = text.charAt(i);
      int end = c == '[' || c == '<' ? Marks.end(text, i, text.length()) : 0;
      if (end > floor) {
        marks = marks.isEmpty() ? new ArrayList<>() : marks;
        marks.add(new Span(SensitiveKind.WORD, Math.max(i, floor), Math.min(end, to)));
      }
      i = Math.max(i + 1, end);
    }
    return marks;
  }

  /** What a text has that scanners look for. */
  private int features(String text, int from, int to) {
    int features = 0;
    int row = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int feature = c < 0x80 ? FEATURES[c] : sign(c) | ROW_END;
      row++;
      if (feature >= ROW_END) {
        features |= row > ROW_MIN ? ROW : 0;
        row = 0;
      }
      features |= feature;
    }
    return (features | (row >= ROW_MIN ? ROW : 0)) & wanted;
  }

  /** What each ASCII char says; small letters say nothing. */
  private static int[] asciiFeatures() {
    int[] features = new int[0x80];
    for (char c = 0; c < 0x80; c++) {
      if (Ascii.is(c, Ascii.ENCODED)) {
        features[c] =
            Ascii.is(c, Ascii.DIGIT)
                ? DIGIT
                : c >= 'A' && c <= 'Z' ? CAPITAL : Ascii.is(c, Ascii.LETTER) ? 0 : SIGN;
      } else {
        features[c] = sign(c) | ROW_END;
      }
    }
    features['='] = COLONS;
    return features;
  }

  private static int sign(char c) {
    return switch (c) {
      case '@' -> AT;
      case ':', '=' -> COLONS;
      case '%', '&', '\\' -> HIDDEN;
      case ' ', '.', ',', '\n' -> 0;
      default -> c < 0x80 ? 0 : Character.isUpperCase(c) ? CAPITAL | HIDDEN : HIDDEN;
    };
  }
}
