package io.agentos.runtime.gates;

import io.agentos.runtime.definitions.GateCheck.PiiClass;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Personal data that has a form. Names and addresses have none and are not found.
 *
 * <p>The patterns are bounded and possessive, so that their time grows with the text and no faster.
 */
final class PersonalForms {
  /** With its country (E.164), or as ten digits in the manner of North America. */
  private static final Pattern PHONE =
      Pattern.compile(
          "(?<![\\w+])\\+[1-9](?:[ ().\\-/]{0,3}+[0-9]){7,14}+(?![0-9])"
              + "|(?<![\\w.-])(?:\\([2-9][0-9]{2}\\) ?|[2-9][0-9]{2}[-. ])[2-9][0-9]{2}[-. ][0-9]{4}(?![\\w-])");

  /** Areas, groups and serials that are never given out are none (US, SSA). */
  private static final Pattern SSN =
      Pattern.compile(
          "(?<![\\w-])(?!000|666|9)[0-9]{3}([- ])(?!00)[0-9]{2}\\1(?!0000)[0-9]{4}(?![\\w-])");

  private static final Pattern IP_V4 =
      Pattern.compile("(?<![\\w.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![\\w]|\\.[0-9])");

  private static final Pattern IP_V6 =
      Pattern.compile("(?<![\\w:.])[0-9A-Fa-f:]{3,39}+(?:\\.[0-9]{1,3}){0,3}(?![\\w:])");

  private PersonalForms() {}

  /** What of a class stands in a text, as it was read. */
  static List<String> find(PiiClass wanted, String text) {
    return switch (wanted) {
      case EMAIL -> EmailAddresses.in(text);
      case CARD -> CardNumbers.in(text);
      case IBAN -> BankAccounts.in(text);
      case PHONE -> matches(PHONE, text);
      case SSN -> matches(SSN, text);
      case IP -> addresses(text);
    };
  }

  /** A class for people. */
  static String name(PiiClass found) {
    return switch (found) {
      case EMAIL -> "an e-mail address";
      case PHONE -> "a phone number";
      case CARD -> "a card number";
      case IBAN -> "an IBAN";
      case SSN -> "a social security number";
      case IP -> "an IP address";
    };
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group()).toList();
  }

  private static List<String> addresses(String text) {
    List<String> found = new ArrayList<>();
    for (String one : matches(IP_V4, text)) {
      if (isAddress(one)) {
        found.add(one);
      }
    }
    Matcher six = IP_V6.matcher(text);
    while (six.find()) {
      String one = six.group();
      if (one.chars().filter(c -> c == ':').count() >= 2
          && one.chars().anyMatch(Character::isDigit)
          && isAddress(one)) {
        found.add(one);
      }
    }
    return found;
  }

  private static boolean isAddress(String text) {
    try {
      return InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
