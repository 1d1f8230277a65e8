package io.agentos.adapters.gemini;

import io.agentos.api.Effort;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the version in a model's name says about how it is asked to think.
 *
 * <p>Source: Google's guides on thinking and on thought signatures, November 2026.
 *
 * @param thinking how its thought is bounded
 * @param canRest whether it can do without
 * @param wantsSignatures whether it refuses a call of its history that has no signature
 */
record GeminiModel(Thinking thinking, boolean canRest, boolean wantsSignatures) {
  /** The ways of bounding thought. */
  enum Thinking {
    /** Not at all: it does not think, or is not known to. */
    NONE,
    /** By a number of tokens: Gemini 2.5. */
    BUDGET,
    /** By a level: Gemini 3 and later. */
    LEVEL
  }

  private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,2})(?:\\.(\\d{1,2}))?");

  private static final int BUDGET_LOW = 1024;
  private static final int BUDGET_MEDIUM = 8192;
  private static final int BUDGET_HIGH = 24_576;

  /** The least budget that all models of 2.5 take, and what the one takes that always thinks. */
  private static final int BUDGET_MIN = 512;

  private static final int BUDGET_PRO_MIN = 128;

  /** The traits of the model of this name; {@code gemini-flash-latest} counts as a new one. */
  static GeminiModel of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    Matcher version = VERSION.matcher(name);
    if (!version.find()) {
      boolean latest = name.contains("gemini") && name.endsWith("-latest");
      return new GeminiModel(latest ? Thinking.LEVEL : Thinking.NONE, false, latest);
    }
    int major = Integer.parseInt(version.group(1));
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    if (major < 2 || (major == 2 && minor < 5)) {
      return new GeminiModel(Thinking.NONE, true, false);
    }
    boolean flash = name.contains("flash");
    return major == 2
        ? new GeminiModel(Thinking.BUDGET, flash, false)
        : new GeminiModel(Thinking.LEVEL, flash && major == 3 && minor < 7, true);
  }

  /** How it is asked to think; null to say nothing about it. Thought counts as output. */
  GeminiWire.@Nullable ThinkingConfig config(@Nullable Effort effort, int outputTokensMax) {
    if (effort == null) {
      return null;
    }
    return switch (thinking) {
      case NONE -> null;
      case BUDGET -> budget(effort, outputTokensMax);
      case LEVEL -> level(effort);
    };
  }

  /** Half of the longest answer at most. */
  private GeminiWire.ThinkingConfig budget(Effort effort, int outputTokensMax) {
    int wanted =
        switch (effort) {
          case NONE -> 0;
          case LOW -> BUDGET_LOW;
          case MEDIUM -> BUDGET_MEDIUM;
          case HIGH -> BUDGET_HIGH;
        };
    int tokens = Math.min(wanted, outputTokensMax / 2);
    return tokens < BUDGET_MIN
        ? new GeminiWire.ThinkingConfig(null, canRest ? 0 : BUDGET_PRO_MIN, null)
        : new GeminiWire.ThinkingConfig(true, tokens, null);
  }

  private GeminiWire.ThinkingConfig level(Effort effort) {
    return switch (effort) {
      case NONE -> new GeminiWire.ThinkingConfig(null, null, canRest ? "MINIMAL" : "LOW");
      case LOW, MEDIUM, HIGH -> new GeminiWire.ThinkingConfig(true, null, effort.name());
    };
  }
}
