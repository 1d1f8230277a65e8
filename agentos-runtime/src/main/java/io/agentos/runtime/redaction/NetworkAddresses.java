package io.agentos.runtime.redaction;

/** IP addresses of versions 4 and 6 in their written forms, and MAC addresses. */
final class NetworkAddresses {
  private static final int V6_MAX = 45;

  private NetworkAddresses() {}

  /** Reads each run of hexadecimal digits, points and colons once. */
  static void scan(Stretch stretch, boolean addresses, boolean devices) {
    int i = stretch.from;
    while (i < stretch.to) {
      char c = stretch.text.charAt(i);
      if (!(hex(c) || c == ':') || stretch.word(i - 1)) {
        i++;
        continue;
      }
      int end = i;
      int colons = 0;
      int points = 0;
      int hyphens = 0;
      for (; end < stretch.to && end - i <= V6_MAX; end++) {
        char next = stretch.text.charAt(end);
        colons += next == ':' ? 1 : 0;
        points += next == '.' ? 1 : 0;
        hyphens += next == '-' ? 1 : 0;
        if (!hex(next) && next != ':' && next != '.' && next != '-') {
          break;
        }
      }
      if (devices && (colons == 5 || hyphens == 5 || points >= 2)) {
        device(stretch, i, end);
      }
      if (addresses && colons >= 2) {
        six(stretch, i, end);
      }
      if (addresses && points >= 3) {
        four(stretch, i, end);
      }
      i = Math.max(i + 1, end);
    }
  }

  /** The IPv4 addresses in a run, each of four numbers up to 255. */
  private static void four(Stretch stretch, int from, int to) {
    int i = from;
    while (i < to) {
      char before = stretch.at(i - 1);
      boolean starts =
          stretch.digit(i) && !stretch.word(i - 1) && (before != '.' || !stretch.digit(i - 2));
      int end = starts ? fourEnd(stretch, i, to) : 0;
      if (end > 0) {
        stretch.add(SensitiveKind.IP, i, end);
      }
      i = Math.max(i + 1, end);
    }
  }

  private static int fourEnd(Stretch stretch, int from, int to) {
    int i = from;
    boolean large = false;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (i >= to || stretch.at(i++) != '.')) {
        return 0;
      }
      int value = 0;
      int begin = i;
      while (i < to && i - begin < 4 && stretch.digit(i)) {
        value = value * 10 + stretch.at(i++) - '0';
      }
      if (i == begin || i - begin > 3 || value > 255) {
        return 0;
      }
      large |= value >= 100;
    }
    boolean goesOn = stretch.at(i) == '.' && stretch.digit(i + 1);
    return stretch.word(i) || (goesOn && !large) ? 0 : i;
  }

  /** The run as an IPv6 address, without what ends a sentence. */
  private static void six(Stretch stretch, int from, int to) {
    int end = to;
    while (end > from && (stretch.at(end - 1) == '.' || stretch.at(end - 1) == '-')) {
      end--;
    }
    if (end - from > 2 && stretch.at(end - 1) == ':' && stretch.at(end - 2) != ':') {
      end--;
    }
    if (stretch.word(end) || stretch.at(from - 1) == ':' || !isSix(stretch, from, end)) {
      return;
    }
    if (stretch.at(end) == '%') {
      int zone = end + 1;
      while (zone - end < 16 && Stretch.alphanumeric(stretch.at(zone))) {
        zone++;
      }
      end = zone > end + 1 ? zone : end;
    }
    stretch.add(SensitiveKind.IP, from, end);
  }

  /** Eight groups, or fewer around one "::"; an IPv4 address at the end stands for two. */
  private static boolean isSix(Stretch stretch, int from, int to) {
    int groups = 0;
    boolean gap = false;
    int i = from;
    while (i < to) {
      if (stretch.at(i) == ':') {
        boolean twice = stretch.at(i + 1) == ':' && i + 1 < to;
        if (twice && (gap || stretch.at(i + 2) == ':')) {
          return false;
        }
        if (!twice && (i == from || i + 1 == to)) {
          return false;
        }
        gap |= twice;
        i += twice ? 2 : 1;
        continue;
      }
      int begin = i;
      while (i < to && hex(stretch.at(i))) {
        i++;
      }
      if (stretch.at(i) == '.' && i < to) {
        groups += 2;
        i = fourEnd(stretch, begin, to);
        if (i != to) {
          return false;
        }
      } else if (i == begin || i - begin > 4) {
        return false;
      } else {
        groups++;
      }
    }
    // Words such as a::b are code rather than addresses.
    boolean figures = groups == 0 || groups > 3;
    for (int at = from; at < to && !figures; at++) {
      figures = stretch.digit(at);
    }
    return figures && (gap ? groups <= 7 : groups == 8);
  }

  /** Six pairs with one and the same sign between, or three fours with points. */
  private static void device(Stretch stretch, int from, int to) {
    for (int i = from; i < to; i++) {
      if (stretch.word(i - 1) || !hex(stretch.at(i))) {
        continue;
      }
      boolean found =
          paired(stretch, i, 17, 2, ':')
              || paired(stretch, i, 17, 2, '-')
              || paired(stretch, i, 14, 4, '.');
      int end = i + (stretch.at(i + 4) == '.' ? 14 : 17);
      if (found && !stretch.word(end)) {
        stretch.add(SensitiveKind.DEVICE, i, end);
        return;
      }
    }
  }

  private static boolean paired(Stretch stretch, int from, int length, int group, char sign) {
    boolean zero = true;
    for (int i = 0; i < length; i++) {
      char c = stretch.at(from + i);
      if (i % (group + 1) == group ? c != sign : !hex(c)) {
        return false;
      }
      zero &= c == '0' || c == sign;
    }
    return !zero;
  }

  static boolean hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
