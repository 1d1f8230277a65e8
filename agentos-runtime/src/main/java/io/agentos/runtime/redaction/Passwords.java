package io.agentos.runtime.redaction;

/**
 * What is secret by what stands before it: {@code password=…}, {@code "api_key": "…"}, {@code
 * Authorization: Bearer …}, {@code ://user:…@host}, and a long random text after a word such as
 * "token".
 */
final class Passwords {
  private static final int VALUE_MAX = 512;
  private static final int NAME_MAX = 64;
  private static final int USER_MAX = 64;
  private static final int RANDOM_MIN = 20;

  /** What names a password; anything after it may be one. */
  private static final String[] PASSWORDS = {
    "password", "passwd", "passwort", "pwd", "passphrase", "passcode", "kennwort", "contraseña"
  };

  /** What names a credential that is made by machines. */
  private static final String[] KEYS = {
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "accesskey",
    "access_key",
    "secretkey",
    "secret_key",
    "accountkey",
    "private_key",
    "privatekey",
    "sharedaccesskey",
    "credential",
    "signature"
  };

  private static final Words NEAR =
      Words.of(
          "key",
          "token",
          "secret",
          "credential",
          "credentials",
          "apikey",
          "auth",
          "bearer",
          "authorization");

  /** What stands where a value will be, or says that there is none. */
  private static final Words NONE =
      Words.of(
          "null",
          "none",
          "true",
          "false",
          "undefined",
          "string",
          "number",
          "object",
          "required",
          "optional",
          "empty",
          "changeme",
          "example",
          "redacted",
          "removed");

  private Passwords() {}

  static void scan(Stretch stretch) {
    int i = stretch.from;
    while (i < stretch.to) {
      if (!named(stretch.text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      while (end < stretch.to && named(stretch.text.charAt(end))) {
        end++;
      }
      int found = afterName(stretch, i, end);
      if (found == 0 && end - i >= RANDOM_MIN) {
        random(stretch, i, end);
      }
      i = Math.max(end, found);
    }
  }

  /** The passwords in addresses. */
  static void scanAddresses(Stretch stretch) {
    int i = stretch.text.indexOf("://", stretch.from, stretch.to);
    while (i >= 0) {
      int colon = i + 3;
      while (colon - i - 3 <= USER_MAX && user(stretch.at(colon))) {
        colon++;
      }
      int at = colon + 1;
      while (stretch.at(colon) == ':' && at - colon <= VALUE_MAX && secret(stretch.at(at))) {
        at++;
      }
      if (at > colon + 1 && stretch.at(at) == '@') {
        stretch.add(SensitiveKind.PASSWORD, colon + 1, at);
      }
      i = stretch.text.indexOf("://", i + 3, stretch.to);
    }
  }

  /** Adds what is named by {@code begin} to {@code end}; returns where it ends, or 0 for none. */
  private static int afterName(Stretch stretch, int begin, int end) {
    if (!mayBeNamed(stretch, begin, end)) {
      return 0;
    }
    int i = skip(stretch, end, "\"'\\ ", 3);
    char sign = stretch.at(i);
    boolean assigned = sign == '=' || sign == ':';
    boolean said = !assigned && i > end && is(stretch, i, i + 2, "is") && stretch.at(i + 2) == ' ';
    boolean bearer = end - begin == 6 && is(stretch, begin, end, "bearer");
    if (!assigned && !said && !bearer) {
      return 0;
    }
    boolean password = endsWith(stretch, begin, end, PASSWORDS);
    if (!password && !bearer && !endsWith(stretch, begin, end, KEYS)) {
      return 0;
    }
    if (!assigned && !said && !(bearer && i > end)) {
      return 0;
    }
    int value = skip(stretch, assigned ? i + 1 : said ? i + 3 : i, " >=:\n\r\t", 4);
    boolean quoted = "\"'`\\".indexOf(stretch.at(value)) >= 0 && stretch.at(value) != 0;
    value = skip(stretch, value, "\"'`\\", 2);
    int to = value;
    while (to - value < VALUE_MAX && valued(stretch.at(to), quoted || said)) {
      to++;
    }
    while (to > value && !quoted && ".,;)".indexOf(stretch.at(to - 1)) >= 0) {
      to--;
    }
    if (value == end + 1 && is(stretch, begin, end, "secret") && reference(stretch, value, to)) {
      return 0;
    }
    boolean loose = !quoted && (said || (password && sign == ':'));
    if (!secret(stretch, value, to, password, loose)) {
      return 0;
    }
    stretch.add(password ? SensitiveKind.PASSWORD : SensitiveKind.KEY, value, to);
    return to;
  }

  /** What can be seen at once: most words are followed by another. */
  private static boolean mayBeNamed(Stretch stretch, int begin, int end) {
    return switch (stretch.at(end)) {
      case '=', ':', '"', '\'', '\\' -> true;
      case ' ' -> {
        char next = stretch.at(end + 1);
        yield end - begin == 6 || next == 'i' || next == 'I' || !Ascii.is(next, Ascii.LETTER);
      }
      default -> false;
    };
  }

  private static boolean secret(
      Stretch stretch, int from, int to, boolean password, boolean loose) {
    int length = to - from;
    if (length < (password ? 4 : 8) || "${<[*".indexOf(stretch.at(from)) >= 0) {
      return false;
    }
    String value = stretch.text.substring(from, Math.min(to, from + NAME_MAX));
    if (NONE.has(value, 0, value.length())) {
      return false;
    }
    boolean mixed =
        value.chars().anyMatch(c -> c >= '0' && c <= '9')
            || value.chars().anyMatch(c -> c < 0x80 && !Stretch.alphanumeric((char) c) && c != '-');
    if (password) {
      return !loose || mixed || lineEnds(stretch, to);
    }
    boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
    return !digits && (mixed || length >= RANDOM_MIN);
  }

  /** The name of a secret in place of its value: {@code secret:crm-token@3}, {@code [secret:a]}. */
  private static boolean reference(Stretch stretch, int from, int to) {
    int i = from;
    while (i < to && (stretch.at(i) == '-' || (stretch.at(i) >= 'a' && stretch.at(i) <= 'z'))) {
      i++;
    }
    boolean named = i > from && i - from < RANDOM_MIN;
    if (i < to && stretch.at(i) == '@') {
      i = skip(stretch, i + 1, "0123456789", 9);
    }
    return named && (stretch.at(i) == ']' || skip(stretch, i, ")}.,;:", 3) >= to);
  }

  /** A word that is all there is on its line is a value; one within a sentence is not. */
  private static boolean lineEnds(Stretch stretch, int index) {
    return index >= stretch.to ? stretch.last : stretch.at(index) == '\n';
  }

  private static void random(Stretch stretch, int begin, int end) {
    int length = Math.min(end - begin, 128);
    boolean digit = false;
    boolean letter = false;
    boolean capital = false;
    int[] counts = new int[0x80];
    for (int i = begin; i < begin + length; i++) {
      char c = stretch.text.charAt(i);
      digit |= c >= '0' && c <= '9';
      letter |= c >= 'a' && c <= 'z';
      capital |= c >= 'A' && c <= 'Z';
      counts[c & 0x7F]++;
    }
    if (!digit || !letter || !capital || !stretch.after(begin, NEAR)) {
      return;
    }
    double bits = 0;
    for (int count : counts) {
      bits -= count == 0 ? 0 : (double) count / length * Math.log((double) count / length);
    }
    if (bits / Math.log(2) >= 3.5) {
      stretch.add(SensitiveKind.KEY, begin, end);
    }
  }

  private static boolean endsWith(Stretch stretch, int begin, int end, String[] words) {
    for (String word : words) {
      int from = end - word.length();
      if (from >= begin && stretch.text.regionMatches(true, from, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(Stretch stretch, int begin, int end, String word) {
    return end - begin == word.length()
        && end <= stretch.to
        && stretch.text.regionMatches(true, begin, word, 0, word.length());
  }

  private static int skip(Stretch stretch, int from, String signs, int max) {
    int i = from;
    while (i < stretch.to && i - from < max && signs.indexOf(stretch.text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  private static boolean valued(char c, boolean quoted) {
    return c > ' '
        && c != '"'
        && c != '\\'
        && c != '\u00a0'
        && !Marked.is(c)
        && (quoted ? c != '\'' && c != '`' : c != '\'' && c != '&' && c != '<');
  }

  private static boolean named(char c) {
    return Ascii.is(c, Ascii.NAME) || c == 'ñ';
  }

  private static boolean user(char c) {
    return c > ' ' && c != '/' && c != ':' && c != '@' && !Marked.is(c);
  }

  private static boolean secret(char c) {
    return c > ' ' && c != '/' && c != '@' && !Marked.is(c);
  }
}
