package io.agentos.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A place in a list, opaque to callers: the key of the last object they got, so that pages neither
 * repeat nor miss an object when others are added meanwhile.
 *
 * @param list the name of the list, so that a cursor of one is not taken for another's
 */
record Cursor<T>(String list, Function<String, T> reader) {
  private static final int LENGTH_MAX = 200;

  /** A place in a list whose objects have ids. */
  static Cursor<UUID> ofIds(String list) {
    return new Cursor<>(list, UUID::fromString);
  }

  /** A place in a list whose objects are numbered. */
  static Cursor<Long> ofNumbers(String list) {
    return new Cursor<>(
        list,
        text -> {
          if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no number");
          }
          return Long.parseLong(text);
        });
  }

  /** The text of a place. */
  String encode(Object place) {
    String text = list + ":" + place;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The place in a text; empty when it is none of this list. */
  Optional<T> decode(String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      return place.startsWith(list + ":")
          ? Optional.of(reader.apply(place.substring(list.length() + 1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
