package io.agentos.runtime.redaction;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The formats of credentials that hardly anything else has: a prefix, and so many more characters
 * of an alphabet.
 *
 * <p>Thread-safe. Looks at most at {@code lengthMin} characters after each prefix, and passes what
 * it found.
 */
public final class SecretPatterns {
  private static final String KEY_BEGIN = "-----BEGIN ";
  private static final String KEY_END = "PRIVATE KEY-----";
  private static final int KEY_NAME_MAX = 20;

  /** Which characters a credential has after its prefix. */
  private enum Alphabet {
    CAPITALS,
    ALPHANUMERIC,
    /** Those of base64url, and points. */
    TOKEN;

    boolean has(char c) {
      return switch (this) {
        case CAPITALS -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        case ALPHANUMERIC -> Stretch.alphanumeric(c);
        case TOKEN -> Ascii.is(c, Ascii.NAME);
      };
    }
  }

  private record Format(String what, String prefix, Alphabet alphabet, int lengthMin) {}

  /** Before others whose prefix theirs begins with. */
  private static final List<Format> FORMATS =
      List.of(
          new Format("an AgentOS key", "aos_", Alphabet.TOKEN, 70),
          new Format("an AWS key", "AKIA", Alphabet.CAPITALS, 16),
          new Format("an AWS key", "ASIA", Alphabet.CAPITALS, 16),
          new Format("a GitHub token", "ghp_", Alphabet.ALPHANUMERIC, 36),
          new Format("a GitHub token", "gho_", Alphabet.ALPHANUMERIC, 36),
          new Format("a GitHub token", "ghu_", Alphabet.ALPHANUMERIC, 36),
          new Format("a GitHub token", "ghs_", Alphabet.ALPHANUMERIC, 36),
          new Format("a GitHub token", "ghr_", Alphabet.ALPHANUMERIC, 36),
          new Format("a GitHub token", "github_pat_", Alphabet.TOKEN, 36),
          new Format("a GitLab token", "glpat-", Alphabet.TOKEN, 20),
          new Format("a Slack token", "xoxa-", Alphabet.TOKEN, 10),
          new Format("a Slack token", "xoxb-", Alphabet.TOKEN, 10),
          new Format("a Slack token", "xoxp-", Alphabet.TOKEN, 10),
          new Format("a Slack token", "xoxr-", Alphabet.TOKEN, 10),
          new Format("a Slack token", "xoxs-", Alphabet.TOKEN, 10),
          new Format("a Google key", "AIza", Alphabet.TOKEN, 35),
          new Format("a Stripe key", "sk_live_", Alphabet.ALPHANUMERIC, 24),
          new Format("a Stripe key", "rk_live_", Alphabet.ALPHANUMERIC, 24),
          new Format("a webhook secret", "whsec_", Alphabet.TOKEN, 24),
          new Format("an Anthropic key", "sk-ant-", Alphabet.TOKEN, 40),
          new Format("an OpenAI key", "sk-", Alphabet.TOKEN, 40),
          new Format("an npm token", "npm_", Alphabet.ALPHANUMERIC, 36),
          new Format("a Hugging Face token", "hf_", Alphabet.ALPHANUMERIC, 30),
          new Format("a PyPI token", "pypi-", Alphabet.TOKEN, 50),
          new Format("a Shopify token", "shpat_", Alphabet.ALPHANUMERIC, 32),
          new Format("a DigitalOcean token", "dop_v1_", Alphabet.ALPHANUMERIC, 64),
          new Format("a web token", "eyJ", Alphabet.TOKEN, 17));

  private static final boolean[] FIRST = first();

  /** The shortest credential. */
  private static final int LENGTH_MIN = 15;

  private SecretPatterns() {}

  /** What the first credential in a text is, such as {@code a GitHub token}; empty for none. */
  public static Optional<String> find(String text) {
    Stretch all = new Stretch(text, 0, 0, text.length(), true, new Spans());
    if (keyBegin(all, 0) >= 0) {
      return Optional.of(SensitiveKind.PRIVATE_KEY.what());
    }
    for (int i = 0; i < text.length(); i++) {
      Format format = at(all, i);
      if (format != null && !format.what.equals("a web token")) {
        return Optional.of(format.what);
      }
    }
    return Optional.empty();
  }

  static void scan(Stretch stretch) {
    boolean within = stretch.word(stretch.from - 1);
    int i = stretch.from;
    while (i < stretch.to) {
      char c = stretch.text.charAt(i);
      Format format = within || c >= 0x80 || !FIRST[c] ? null : at(stretch, i);
      int end = format == null ? i + 1 : end(stretch, i, format);
      if (format != null) {
        stretch.add(SensitiveKind.KEY, i, end);
      }
      within = format != null ? stretch.word(end - 1) : Stretch.word(c);
      i = end;
    }
  }

  /** Where the first private key begins at or after {@code from}; -1 where none does. */
  static int keyBegin(Stretch stretch, int from) {
    for (int i = stretch.text.indexOf(KEY_BEGIN, from, stretch.to);
        i >= 0;
        i = stretch.text.indexOf(KEY_BEGIN, i + 1, stretch.to)) {
      if (keyLine(stretch.text, i + KEY_BEGIN.length(), stretch.to) > 0) {
        return i;
      }
    }
    return -1;
  }

  /** Where the first private key ends that ends at or after {@code from}; -1 where none does. */
  static int keyEnd(CharSequence text, int from, int to) {
    String whole = text.toString();
    for (int i = whole.indexOf("-----END ", from, to);
        i >= 0;
        i = whole.indexOf("-----END ", i + 1, to)) {
      int end = keyLine(whole, i + "-----END ".length(), to);
      if (end > 0) {
        return end;
      }
    }
    return -1;
  }

  /** The longest that the line may be which ends a key. */
  static int keyEndMax() {
    return "-----END ".length() + KEY_NAME_MAX + KEY_END.length();
  }

  private static int keyLine(String text, int from, int to) {
    int i = from;
    while (i < to && i - from <= KEY_NAME_MAX) {
      if (text.startsWith(KEY_END, i) && i + KEY_END.length() <= to) {
        return i + KEY_END.length();
      }
      char c = text.charAt(i++);
      if (c != ' ' && !(c >= 'A' && c <= 'Z')) {
        return 0;
      }
    }
    return 0;
  }

  private static @Nullable Format at(Stretch stretch, int index) {
    char c = stretch.text.charAt(index);
    if (c >= 0x80
        || !FIRST[c]
        || !Ascii.is(stretch.at(index + LENGTH_MIN - 1), Ascii.NAME)
        || !Ascii.is(stretch.at(index + LENGTH_MIN / 2), Ascii.NAME)
        || stretch.word(index - 1)) {
      return null;
    }
    for (Format format : FORMATS) {
      if (stretch.text.startsWith(format.prefix, index) && fits(stretch, index, format)) {
        return format;
      }
    }
    return null;
  }

  private static boolean fits(Stretch stretch, int index, Format format) {
    int from = index + format.prefix.length();
    for (int i = 0; i < format.lengthMin; i++) {
      if (!format.alphabet.has(stretch.at(from + i))) {
        return false;
      }
    }
    if (format.what.equals("an AWS key")) {
      return !stretch.word(from + format.lengthMin);
    }
    return !format.prefix.equals("eyJ") || isWebToken(stretch, from + format.lengthMin);
  }

  /** A web token has at least one point between two parts. */
  private static boolean isWebToken(Stretch stretch, int from) {
    int i = from;
    while (Alphabet.TOKEN.has(stretch.at(i))) {
      i++;
    }
    return stretch.at(i) == '.' && Alphabet.TOKEN.has(stretch.at(i + 1));
  }

  /** A format knows how a credential begins; it goes on as long as it looks like one. */
  private static int end(Stretch stretch, int index, Format format) {
    boolean web = format.prefix.equals("eyJ");
    int end = index + format.prefix.length() + format.lengthMin;
    while (Alphabet.TOKEN.has(stretch.at(end))
        || (web && stretch.at(end) == '.' && Alphabet.TOKEN.has(stretch.at(end + 1)))) {
      end++;
    }
    return end;
  }

  private static boolean[] first() {
    boolean[] first = new boolean[0x80];
    FORMATS.forEach(format -> first[format.prefix.charAt(0)] = true);
    return first;
  }
}
