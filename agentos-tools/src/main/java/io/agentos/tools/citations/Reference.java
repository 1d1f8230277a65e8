package io.agentos.tools.citations;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A work that a text refers to.
 *
 * @param key by which it is cited: a BibTeX key, a number, or {@code family year}
 * @param type of a BibTeX entry, lower case; empty for an entry of a list
 * @param fields of a BibTeX entry, or what was recognised in an entry of a list
 * @param text the entry as it stands
 */
record Reference(String key, int line, String type, Map<String, String> fields, String text) {
  Reference {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /** A field that is there and not blank. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
  }

  /** The DOI without a resolver's address, lower case; empty for none. */
  Optional<String> doi() {
    return field("doi")
        .map(doi -> doi.strip().replaceFirst("(?i)^(?:https?://(?:dx\\.)?doi\\.org/|doi:\\s*)", ""))
        .map(doi -> doi.toLowerCase(Locale.ROOT));
  }

  /** The letters of its title and its year, to find it twice; empty when either is missing. */
  Optional<String> sameness() {
    String title =
        field("title").orElse("").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return title.length() < 12 || field("year").isEmpty()
        ? Optional.empty()
        : Optional.of(title + " " + field("year").orElseThrow());
  }
}
