package io.agentos.api;

import java.util.Set;

/**
 * A picture for a model that can see.
 *
 * @param mediaType {@code image/png}, {@code image/jpeg}, {@code image/gif} or {@code image/webp}
 * @param base64 its bytes, in base64 without line breaks
 */
public record Image(String mediaType, String base64) {
  private static final Set<String> MEDIA_TYPES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  public Image {
    if (!MEDIA_TYPES.contains(mediaType)) {
      throw new IllegalArgumentException(
          "an image is one of %s, not %s".formatted(MEDIA_TYPES, mediaType));
    }
  }
}
