package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one argument of a granted call may be: one of some values, or a number from 0 to a maximum.
 * An argument that is not there is not within any bound.
 *
 * @param path the argument, as a JSON pointer (RFC 6901) such as {@code /order/amount}
 * @param oneOf the values it may have; null where {@code max} is given
 * @param max the most it may be; null where {@code oneOf} is given
 */
public record GrantBound(
    String path, @Nullable List<@Nullable Object> oneOf, @Nullable BigDecimal max) {
  static final int VALUES_MAX = 100;
  private static final int PATH_LENGTH_MAX = 200;

  public GrantBound(String path, @Nullable List<@Nullable Object> oneOf, @Nullable BigDecimal max) {
    if (!path.startsWith("/") || path.length() > PATH_LENGTH_MAX) {
      throw invalid(
          "The path of a bound is a JSON pointer of at most 200 characters, such as /amount.");
    }
    if ((oneOf == null) == (max == null)) {
      throw invalid("A bound has either values or a maximum.");
    }
    if (oneOf != null && (oneOf.isEmpty() || oneOf.size() > VALUES_MAX)) {
      throw invalid("A bound names 1 to %d values.".formatted(VALUES_MAX));
    }
    this.path = path;
    this.oneOf = oneOf == null ? null : Collections.unmodifiableList(new ArrayList<>(oneOf));
    this.max = max;
    CanonicalJson.write(this.oneOf);
  }

  /** Whether the arguments of a call keep to it. */
  boolean holds(Map<String, @Nullable Object> arguments) {
    Object value = arguments;
    for (String part : path.substring(1).split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      if (value instanceof Map<?, ?> map && map.containsKey(name)) {
        value = map.get(name);
      } else if (value instanceof List<?> list && isIndex(name, list.size())) {
        value = list.get(Integer.parseInt(name));
      } else {
        return false;
      }
    }
    return holdsOf(value);
  }

  private boolean holdsOf(@Nullable Object value) {
    if (max != null) {
      return value instanceof Number number && isWithin(new BigDecimal(number.toString()));
    }
    String canonical = CanonicalJson.write(value);
    return oneOf != null
        && oneOf.stream().anyMatch(each -> CanonicalJson.write(each).equals(canonical));
  }

  private boolean isWithin(BigDecimal number) {
    return max != null && number.signum() >= 0 && number.compareTo(max) <= 0;
  }

  private static boolean isIndex(String name, int size) {
    return name.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(name) < size;
  }

  private static AgentOsException invalid(String message) {
    return new AgentOsException(ErrorCode.INVALID_REQUEST, message);
  }
}
