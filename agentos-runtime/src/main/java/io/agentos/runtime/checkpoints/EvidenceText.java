package io.agentos.runtime.checkpoints;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text that somebody wrote and that ran, such as a definition or a prompt; in evidence beside its
 * hash, by which the log may name it.
 *
 * @param part what it is
 * @param name tells several of one kind apart
 */
public record EvidenceText(String part, String name, String text) {
  Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("part", part);
    line.put("name", name);
    line.put("sha256", hash());
    line.put("text", text);
    return line;
  }

  private String hash() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
