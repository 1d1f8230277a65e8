package io.agentos.runtime.catalogue;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All models that this installation knows. A model that is not here, and for which nobody gave a
 * price, must not be called: nobody could say what it costs.
 *
 * <p>Immutable, so thread-safe.
 */
public final class Catalogue {
  public static final Catalogue EMPTY = new Catalogue(List.of());

  private static final Pattern DAY = Pattern.compile("-\\d{4}-\\d{2}-\\d{2}$");
  private static final Pattern COMPACT_DAY = Pattern.compile("-\\d{8}$");
  private static final Pattern MONTH = Pattern.compile("-\\d{2}-\\d{4}$");
  private static final int NAME_LENGTH_MAX = 200;

  private final Map<String, Model> byName = new TreeMap<>();
  private final Map<String, Model> byAlias = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two models of a provider share an id, or two an alias
   */
  public Catalogue(Collection<Model> models) {
    for (Model model : models) {
      if (byName.put(model.name(), model) != null) {
        throw new IllegalArgumentException("two models are named " + model.name());
      }
    }
    for (Model model : models) {
      for (String alias : model.aliases()) {
        Model other = byAlias.put(model.provider() + "/" + alias, model);
        if (other != null) {
          throw new IllegalArgumentException(
              "%s and %s share the alias %s".formatted(other.name(), model.name(), alias));
        }
      }
    }
  }

  /**
   * The model that {@code provider} means by a name: its id, an alias, or an alias with a date,
   * such as {@code gpt-4o-2024-08-06}; in this order.
   */
  public Optional<Model> find(String provider, String name) {
    if (name.length() > NAME_LENGTH_MAX) {
      return Optional.empty();
    }
    String wanted = provider + "/" + name;
    Model exact = byName.get(wanted);
    if (exact != null) {
      return Optional.of(exact);
    }
    Model alias = byAlias.get(wanted);
    return Optional.ofNullable(alias != null ? alias : byAlias.get(undated(wanted)));
  }

  /** All models by {@code PROVIDER/ID}. */
  public List<Model> all() {
    return List.copyOf(byName.values());
  }

  /** The models of a provider by id. */
  public List<Model> of(String provider) {
    return byName.values().stream().filter(model -> model.provider().equals(provider)).toList();
  }

  /**
   * The same catalogue with a price that somebody gave. A known model keeps all but its price; of
   * an unknown one nothing is known, and it is taken to be able to do whatever it is asked.
   *
   * @param model an id or an alias
   */
  public Catalogue with(String provider, String model, ExplicitPrice price) {
    Optional<Model> known = find(provider, model);
    String id = known.map(Model::id).orElse(model);
    Model priced =
        known
            .map(found -> found.at(explicit(found.name(), price)))
            .orElseGet(() -> unknown(provider, id, price));
    Map<String, Model> models = new TreeMap<>(byName);
    models.put(priced.name(), priced);
    return new Catalogue(models.values());
  }

  private static Model unknown(String provider, String id, ExplicitPrice price) {
    return new Model(
        provider,
        id,
        "A model at a price given by configuration",
        List.of(),
        null,
        null,
        0,
        0,
        EnumSet.allOf(Capability.class),
        0,
        "nothing is known of it",
        Speed.MEDIUM,
        "",
        explicit(provider + "/" + id, price));
  }

  private static Price explicit(String model, ExplicitPrice price) {
    PricePeriod always =
        new PricePeriod(
            null,
            null,
            "configuration",
            null,
            price.rates(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of());
    return new Price(model + "@configuration", List.of(always));
  }

  /** The name with the date at its end in letters. */
  private static String undated(String name) {
    String day = DAY.matcher(name).replaceFirst("-YYYY-MM-DD");
    String compact = COMPACT_DAY.matcher(day).replaceFirst("-YYYYMMDD");
    return MONTH.matcher(compact).replaceFirst("-MM-YYYY");
  }
}
