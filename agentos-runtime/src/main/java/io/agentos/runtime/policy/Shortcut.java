package io.agentos.runtime.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The common forms of conditions, evaluated without CEL. A shortcut comes to what CEL comes to, or
 * to null: whatever is in doubt, such as a missing argument or a comparison of different types, is
 * left to CEL, which alone knows how it fails.
 *
 * <p>Immutable and thread-safe.
 */
interface Shortcut {
  /** A String, Long, Double, Boolean, Instant, List or Map; null to ask CEL. */
  @Nullable Object value(Situation situation);

  /** What always has to be asked of CEL. */
  Shortcut DOUBT = _ -> null;

  /** A value that the expression itself holds. */
  record Constant(Object constant) implements Shortcut {
    @Override
    public Object value(Situation situation) {
      return constant;
    }
  }

  /** A variable; of a time, the time. */
  record Variable(String name, boolean time) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      return time ? situation.time(name) : situation.values().get(name);
    }
  }

  /** A member of a map, by a name. */
  record Member(Shortcut of, String name) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      return of.value(situation) instanceof Map<?, ?> map ? map.get(name) : null;
    }
  }

  /** Whether a map has a member. */
  record Has(Shortcut of, String name) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      return of.value(situation) instanceof Map<?, ?> map ? (Boolean) map.containsKey(name) : null;
    }
  }

  /** Not so. */
  record Not(Shortcut of) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      return of.value(situation) instanceof Boolean flag ? !flag : null;
    }
  }

  /** Both, or either: what decides, decides even beside a doubt. */
  record Both(Shortcut left, Shortcut right, Boolean decides) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      Object one = left.value(situation);
      if (decides.equals(one)) {
        return decides;
      }
      Object other = right.value(situation);
      if (decides.equals(other)) {
        return decides;
      }
      if (one instanceof Boolean && other instanceof Boolean) {
        return !decides;
      }
      return null;
    }
  }

  /** One of two, by a test. */
  record Choice(Shortcut test, Shortcut then, Shortcut otherwise) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      return test.value(situation) instanceof Boolean flag
          ? (flag ? then : otherwise).value(situation)
          : null;
    }
  }

  /** Two values of one type that are equal, or are not. */
  record Equal(Shortcut left, Shortcut right, boolean equal) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      Object one = left.value(situation);
      Object other = right.value(situation);
      boolean sure =
          (one instanceof String && other instanceof String)
              || (one instanceof Long && other instanceof Long)
              || (one instanceof Boolean && other instanceof Boolean);
      if (!sure || one == null) {
        return null;
      }
      return one.equals(other) == equal;
    }
  }

  /** How two values stand in order. */
  enum Order {
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST
  }

  /** Two whole numbers, or two that are not, in order. */
  record Compared(Shortcut left, Shortcut right, Order order) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      Object one = left.value(situation);
      Object other = right.value(situation);
      if (one instanceof Long whole && other instanceof Long second) {
        return holds(Long.compare(whole, second));
      }
      if (one instanceof Instant time && other instanceof Instant second) {
        return holds(time.compareTo(second));
      }
      return null;
    }

    private Boolean holds(int comparison) {
      return switch (order) {
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case MORE -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }
  }

  /** Whether a text is in a list of texts, or is a name in a map. */
  record In(Shortcut what, Shortcut where) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      if (!(what.value(situation) instanceof String text)) {
        return null;
      }
      return switch (where.value(situation)) {
        case Map<?, ?> map -> (Boolean) map.containsKey(text);
        case List<?> list -> in(text, list);
        case null, default -> null;
      };
    }

    private static @Nullable Boolean in(String text, List<?> list) {
      for (Object each : list) {
        if (text.equals(each)) {
          return true;
        }
        if (!(each instanceof String)) {
          return null;
        }
      }
      return false;
    }
  }

  /** How long a list or a map is. */
  record Size(Shortcut of) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      return switch (of.value(situation)) {
        case List<?> list -> (Long) (long) list.size();
        case Map<?, ?> map -> (Long) (long) map.size();
        case null, default -> null;
      };
    }
  }

  /** What a text may be asked. */
  enum Question {
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS
  }

  /** A question to a text. */
  record Asked(Shortcut left, Shortcut right, Question question) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      if (left.value(situation) instanceof String text
          && right.value(situation) instanceof String part) {
        return switch (question) {
          case STARTS_WITH -> text.startsWith(part);
          case ENDS_WITH -> text.endsWith(part);
          case CONTAINS -> text.contains(part);
        };
      }
      return null;
    }
  }

  /** A part of a time in a zone: the hour, or the day of the week from Sunday, which is 0. */
  record TimePart(String name, ZoneId zone, boolean hour) implements Shortcut {
    @Override
    public @Nullable Object value(Situation situation) {
      ZonedDateTime time = situation.time(name, zone);
      if (time == null) {
        return null;
      }
      long part =
          hour ? time.getHour() : time.getDayOfWeek().getValue() % DayOfWeek.values().length;
      return part;
    }
  }
}
