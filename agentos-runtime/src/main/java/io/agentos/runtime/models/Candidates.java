package io.agentos.runtime.models;

import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which models an agent's candidates stand for.
 *
 * <p>Immutable, so thread-safe.
 */
final class Candidates {
  private static final String ALL = "*";

  private final Map<String, ConfiguredProvider> providers = new TreeMap<>();
  private final Catalogue catalogue;

  Candidates(List<ConfiguredProvider> providers, Catalogue catalogue) {
    providers.forEach(each -> this.providers.put(each.provider().id(), each));
    this.catalogue = catalogue;
  }

  /** What the names stand for, in their order, and why some stand for nothing. */
  record Found(List<Candidate> candidates, Map<String, String> unusable) {}

  /** Whether the provider of a candidate is configured. */
  boolean configured(String listed) {
    return providers.containsKey(providerOf(listed));
  }

  Found find(List<String> listed, Instant now) {
    Map<String, Candidate> found = new LinkedHashMap<>();
    Map<String, String> unusable = new LinkedHashMap<>();
    for (String name : listed) {
      ConfiguredProvider configured = providers.get(providerOf(name));
      if (configured == null) {
        unusable.put(name, "provider %s is not configured".formatted(providerOf(name)));
        continue;
      }
      for (Candidate candidate : expand(name, configured, now, unusable)) {
        found.putIfAbsent(candidate.name(), candidate);
      }
    }
    return new Found(List.copyOf(found.values()), unusable);
  }

  /** The candidate of this name, {@code PROVIDER/MODEL}; empty when it is no longer there. */
  Optional<Candidate> named(String name) {
    ConfiguredProvider configured = providers.get(providerOf(name));
    if (configured == null) {
      return Optional.empty();
    }
    String asked = name.substring(providerOf(name).length() + 1);
    return catalogue
        .find(configured.provider().id(), asked)
        .map(model -> new Candidate(name, configured.provider(), asked, model));
  }

  /** The provider of a name, which is all of it or what stands before the slash. */
  static String providerOf(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private List<Candidate> expand(
      String listed, ConfiguredProvider configured, Instant now, Map<String, String> unusable) {
    String provider = configured.provider().id();
    String asked =
        listed.equals(provider) ? configured.model() : listed.substring(provider.length() + 1);
    List<Candidate> expanded = new ArrayList<>();
    if (asked.equals(ALL)) {
      for (Model model : catalogue.of(provider)) {
        if (!model.retired(now)) {
          expanded.add(new Candidate(listed, configured.provider(), model.id(), model));
        }
      }
      return expanded;
    }
    Optional<Model> model = catalogue.find(provider, asked);
    if (model.isEmpty()) {
      unusable.put(
          provider + "/" + asked,
          "the catalogue does not know it: give it a price in a Model document or as %s_PRICE"
              .formatted(provider.toUpperCase(java.util.Locale.ROOT)));
    } else if (model.get().retired(now)) {
      unusable.put(
          provider + "/" + asked,
          "the provider has not served it since %s".formatted(model.get().retired()));
    } else {
      expanded.add(new Candidate(listed, configured.provider(), asked, model.get()));
    }
    return expanded;
  }
}
