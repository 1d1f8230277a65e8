package io.agentos.runtime.gates;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formats of credentials that hardly anything else has.
 *
 * <p>The patterns have no nested repetition, so that no text makes them slow. Thread-safe.
 */
public final class SecretPatterns {
  private static final String PRIVATE_KEY = "a private key";
  private static final Map<String, Pattern> KNOWN = known();
  private static final Pattern PRIVATE_KEY_END =
      Pattern.compile("-----END [A-Z ]{0,20}PRIVATE KEY-----");

  private SecretPatterns() {}

  /** What the first credential in a text is, such as {@code a GitHub token}; empty for none. */
  public static Optional<String> find(String text) {
    return KNOWN.entrySet().stream()
        .filter(known -> known.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The text with each credential, to its last character, replaced by what it is. */
  public static String mask(String text) {
    String masked = text;
    for (Map.Entry<String, Pattern> known : KNOWN.entrySet()) {
      masked = mask(masked, known.getKey(), known.getValue());
    }
    return masked;
  }

  /** What stands in the place of something that was taken out. */
  public static String redacted(String what) {
    return "[redacted: " + what + "]";
  }

  private static String mask(String text, String what, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    while (from < text.length() && matcher.find(from)) {
      masked.append(text, from, matcher.start()).append(redacted(what));
      from = what.equals(PRIVATE_KEY) ? blockEnd(text, matcher.end()) : end(text, matcher.end());
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** A pattern knows how a credential begins; it goes on as long as it looks like one. */
  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && belongs(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean belongs(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  /** Of a block without its end, all that follows is taken to be the key. */
  private static int blockEnd(String text, int from) {
    Matcher end = PRIVATE_KEY_END.matcher(text);
    return end.find(from) ? end.end() : text.length();
  }

  private static Map<String, Pattern> known() {
    Map<String, Pattern> known = new LinkedHashMap<>();
    known.put(PRIVATE_KEY, Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"));
    known.put("an AgentOS key", Pattern.compile("\\baos_[0-9a-z]{26}_[A-Za-z0-9_-]{43}"));
    known.put("an AWS key", Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"));
    known.put("a GitHub token", Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36}"));
    known.put("a Slack token", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10}"));
    known.put("a Google key", Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"));
    known.put("a Stripe key", Pattern.compile("\\b[rs]k_live_[0-9A-Za-z]{24}"));
    // Before OpenAI's, whose form it has too.
    known.put("an Anthropic key", Pattern.compile("\\bsk-ant-[A-Za-z0-9_-]{40}"));
    known.put("an OpenAI key", Pattern.compile("\\bsk-(?:proj-)?[A-Za-z0-9_-]{40}"));
    return known;
  }
}
