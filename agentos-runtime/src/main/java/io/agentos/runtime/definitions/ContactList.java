package io.agentos.runtime.definitions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lists of a consent gate: entries in the document, and lines of a file of the pack. */
record ContactList(Section options, @Nullable PackFiles files) {
  private static final int ENTRIES_MAX = 10_000;
  private static final int ENTRY_LENGTH_MAX = 320;

  /** The entries under {@code key}, then those of the file under {@code fileKey}. */
  List<String> read(String key, String fileKey) {
    if (options.has(key) && options.has(fileKey)) {
      options.problem(fileKey, "found beside %s; allowed: one of both".formatted(key));
    }
    String named = options.has(fileKey) ? fileKey : key;
    List<String> entries = options.has(fileKey) ? lines(fileKey) : options.texts(key);
    for (int i = 0; i < entries.size(); i++) {
      if (Contact.of(entries.get(i)).isEmpty()) {
        options.problem(
            named,
            "found in entry %d what nobody can be reached by; allowed: ".formatted(i + 1)
                + "an e-mail address, @DOMAIN, or a phone number with its country");
      }
    }
    return entries;
  }

  private List<String> lines(String key) {
    String name = options.text(key);
    if (files == null) {
      options.problem(
          key,
          "found in a gate of the installation; allowed: in a gate of a pack, whose file it is");
      return List.of();
    }
    Optional<String> text = text(files.contents().get(name));
    if (text.isEmpty()) {
      options.problem(
          key,
          "found '%s'; allowed: a file of the pack in UTF-8, such as %s"
              .formatted(name, "lists/NAME.txt"));
      return List.of();
    }
    List<String> lines =
        text.get()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (lines.size() > ENTRIES_MAX
        || lines.stream().anyMatch(line -> line.length() > ENTRY_LENGTH_MAX)) {
      options.problem(
          key,
          "found a list with %d entries or one too long; allowed: %d of at most %d characters"
              .formatted(lines.size(), ENTRIES_MAX, ENTRY_LENGTH_MAX));
      return List.of();
    }
    return lines;
  }

  private static Optional<String> text(byte @Nullable [] content) {
    if (content == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
