package io.agentos.runtime.definitions;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One declared input of an agent.
 *
 * @param format how a value of type STRING is meant; TEXT for other types
 * @param description what to give, for people
 */
public record InputDefinition(Type type, Format format, boolean required, String description) {

  /** The JSON type of an input. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ARRAY,
    OBJECT;

    String article() {
      String name = name().toLowerCase(Locale.ROOT);
      return (this == INTEGER || this == ARRAY || this == OBJECT ? "an " : "a ") + name;
    }
  }

  /** How a text is meant. */
  public enum Format {
    /** Just text. */
    TEXT,
    /** The content of a file, or its path. */
    FILE,
    /** The path of a folder. */
    FOLDER,
    /** The name of a connection of the configuration. */
    CONNECTION
  }

  /** Whether a value that is not null is of the declared type. */
  boolean fits(Object value) {
    return switch (type) {
      case STRING -> value instanceof String;
      case INTEGER -> value instanceof Number number && whole(number);
      case NUMBER -> value instanceof Number;
      case BOOLEAN -> value instanceof Boolean;
      case ARRAY -> value instanceof List;
      case OBJECT -> value instanceof Map;
    };
  }

  /** The JSON type of a value, with its article. */
  static String typeOf(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> Type.STRING.article();
      case Number _ -> Type.NUMBER.article();
      case Boolean _ -> Type.BOOLEAN.article();
      case List<?> _ -> Type.ARRAY.article();
      case Object _ -> Type.OBJECT.article();
    };
  }

  private static boolean whole(Number number) {
    BigDecimal value = new BigDecimal(number.toString());
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
  }
}
