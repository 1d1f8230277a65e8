package io.agentos.tools.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as tools answer them: whole numbers as Long, maps in their order. */
final class PlainJson {
  private PlainJson() {}

  /** The value with all in it made plain. */
  static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> (Object) number.longValue();
      case Map<?, ?> map -> members(map);
      case List<?> list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.forEach(item -> items.add(of(item)));
        yield items;
      }
      case Object other -> other;
    };
  }

  /** The members of a map, made plain. */
  static Map<String, @Nullable Object> members(Map<?, ?> map) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put(String.valueOf(key), of(member)));
    return members;
  }
}
