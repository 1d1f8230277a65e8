package io.agentos.adapters.anthropic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the version in a model's name says about how it is asked to think.
 *
 * <p>Source: Anthropic's migration guides up to Claude Opus 5.5, Sonnet 5.5, Haiku 5.5 and Fable
 * 5.1, November 2026. A name without a version, as gateways have them, counts as an old model.
 *
 * @param thinking how it is told to think
 * @param rest how it is told not to
 * @param takesTemperature whether it takes a temperature at all
 */
record AnthropicModel(Thinking thinking, Rest rest, boolean takesTemperature) {
  /** The two ways of asking for thought. */
  enum Thinking {
    /** A number of tokens. */
    BUDGET,
    /** As the model sees fit, around an effort. */
    ADAPTIVE
  }

  /** What it takes for a model not to think. */
  enum Rest {
    /** Nothing: it thinks only when told to. */
    UNASKED,
    /** {@code disabled}. */
    DISABLED,
    /** {@code between_tools}: it only notes down what it does from call to call. */
    BETWEEN_TOOLS,
    /** Nothing helps: it always thinks, little at low effort. */
    NEVER
  }

  private static final Pattern VERSION =
      Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?!\\d)(?:[-.](\\d{1,2})(?!\\d))?");

  /** The traits of the model of this name. */
  static AnthropicModel of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    Matcher version = VERSION.matcher(name);
    if (!version.find()) {
      return new AnthropicModel(Thinking.BUDGET, Rest.UNASKED, true);
    }
    int major = Integer.parseInt(version.group(1));
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    if (major < 4 || (major == 4 && minor <= 6)) {
      return new AnthropicModel(Thinking.BUDGET, Rest.UNASKED, true);
    }
    return new AnthropicModel(Thinking.ADAPTIVE, rest(name, major, minor), false);
  }

  private static Rest rest(String name, int major, int minor) {
    if (name.contains("fable") || name.contains("mythos")) {
      return Rest.NEVER;
    }
    if (major == 4) {
      return Rest.UNASKED;
    }
    if ((major == 5 && minor < 5) || name.contains("haiku")) {
      return Rest.DISABLED;
    }
    return name.contains("sonnet") ? Rest.BETWEEN_TOOLS : Rest.NEVER;
  }
}
