package io.agentos.runtime.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as the catalogue knows it.
 *
 * @param id the provider's name of it
 * @param aliases other names of it; {@code YYYY-MM-DD}, {@code YYYYMMDD} or {@code MM-YYYY} at the
 *     end stands for any date
 * @param released null where it is not known
 * @param retired the first day, UTC, on which the provider does not serve it; null where none is
 *     known
 * @param contextTokens how many tokens prompt and answer may have; 0 where it is not known
 * @param outputTokensMax how many tokens an answer may have; 0 where it is not known
 * @param quality 0 to 100, for choosing the best
 * @param qualityWhy where the figure comes from
 * @param note what is uncertain about these facts; empty when nothing is
 */
public record Model(
    String provider,
    String id,
    String description,
    List<String> aliases,
    @Nullable LocalDate released,
    @Nullable LocalDate retired,
    long contextTokens,
    long outputTokensMax,
    Set<Capability> capabilities,
    int quality,
    String qualityWhy,
    Speed speed,
    String note,
    Price price) {
  public Model {
    aliases = List.copyOf(aliases);
    capabilities = Set.copyOf(capabilities);
  }

  /** {@code PROVIDER/ID}. */
  public String name() {
    return provider + "/" + id;
  }

  /** Whether the provider no longer serves it. */
  public boolean retired(Instant at) {
    return retired != null && !LocalDate.ofInstant(at, ZoneOffset.UTC).isBefore(retired);
  }

  /** The same model at another price. */
  Model at(Price other) {
    return new Model(
        provider,
        id,
        description,
        aliases,
        released,
        retired,
        contextTokens,
        outputTokensMax,
        capabilities,
        quality,
        qualityWhy,
        speed,
        note,
        other);
  }
}
