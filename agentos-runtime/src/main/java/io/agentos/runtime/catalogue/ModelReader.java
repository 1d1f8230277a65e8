package io.agentos.runtime.catalogue;

import io.agentos.runtime.definitions.Section;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the document of a model, which fits its schema, into a record. */
final class ModelReader {
  private ModelReader() {}

  /** The model; with a value that stands for nothing where a problem was added. */
  static Model read(Section metadata, Section spec) {
    String id = spec.has("id") ? spec.text("id") : metadata.text("name");
    String provider = spec.text("provider");
    List<String> aliases = spec.texts("aliases");
    if (aliases.contains(id)) {
      spec.problem("aliases", "found '%s', the id itself; allowed: other names".formatted(id));
    }
    Section quality = spec.section("quality");
    return new Model(
        provider,
        id,
        metadata.text("description"),
        aliases,
        date(spec, "released"),
        date(spec, "retired"),
        spec.number("contextTokens").orElse(0L),
        spec.number("outputTokensMax").orElse(0L),
        capabilities(spec),
        quality.number("score").orElse(0L).intValue(),
        quality.text("why"),
        Speed.valueOf(spec.text("speed").toUpperCase(Locale.ROOT)),
        spec.text("note"),
        new Price(provider + "/" + id, PriceReader.read(spec)));
  }

  private static Set<Capability> capabilities(Section spec) {
    Set<Capability> capabilities =
        spec.texts("capabilities").stream().map(Capability::of).collect(Collectors.toSet());
    if (capabilities.contains(Capability.PARALLEL_TOOLS)
        && !capabilities.contains(Capability.TOOLS)) {
      spec.problem("capabilities", "found parallelTools without tools; allowed: only with it");
    }
    return capabilities;
  }

  /**
   * The date under {@code key}; null when absent, or, with a problem, when there is no such day.
   */
  static @Nullable LocalDate date(Section section, String key) {
    if (!section.has(key)) {
      return null;
    }
    Optional<LocalDate> date = date(section.text(key));
    if (date.isEmpty()) {
      section.problem(key, "found '%s'; allowed: a day that exists".formatted(section.text(key)));
    }
    return date.orElse(null);
  }

  static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
