package io.agentos.server.http;

import io.agentos.runtime.catalogue.Capability;
import io.agentos.runtime.catalogue.Model;
import io.agentos.runtime.identity.Permission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The route of models and what they cost. Thread-safe. */
final class ModelRoutes {
  private final Catalog catalog;
  private final InstantSource clock;

  ModelRoutes(HttpServices services) {
    this.catalog = services.catalog();
    this.clock = services.clock();
  }

  /**
   * A model as callers see it.
   *
   * @param id {@code PROVIDER/NAME}
   * @param released null where it is not known, as are the bounds on tokens
   * @param retired the first day on which it is not served; null where none is known
   * @param note what is uncertain; null when nothing is
   * @param reason why it is not available; null when it is
   * @param circuit and the mean time of good answers: how it has done of late on this node
   */
  record View(
      String id,
      String provider,
      String name,
      String description,
      List<String> aliases,
      @Nullable String released,
      @Nullable String retired,
      @Nullable Long contextTokens,
      @Nullable Long outputTokensMax,
      List<String> capabilities,
      int quality,
      String speed,
      @Nullable String note,
      PriceView price,
      boolean available,
      @Nullable String reason,
      String circuit,
      @Nullable Long meanMs) {
    static View of(
        Model model, Instant now, Catalog.Availability availability, Catalog.Health health) {
      return new View(
          model.name(),
          model.provider(),
          model.id(),
          model.description(),
          model.aliases(),
          PriceView.text(model.released()),
          PriceView.text(model.retired()),
          model.contextTokens() == 0 ? null : model.contextTokens(),
          model.outputTokensMax() == 0 ? null : model.outputTokensMax(),
          model.capabilities().stream().sorted().map(Capability::text).toList(),
          model.quality(),
          model.speed().text(),
          model.note().isEmpty() ? null : model.note(),
          PriceView.of(model.price().period(now), now),
          availability.available(),
          CatalogRoutes.why(availability),
          health.circuit(),
          health.meanMillis());
    }
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/models", new Access.Needs(Permission.READ), this::models));
  }

  private Answer models(Call call) {
    Instant now = clock.instant();
    Map<String, Catalog.Availability> providers = new TreeMap<>();
    catalog.providers().forEach(each -> providers.put(each.id(), each.availability()));
    List<View> views =
        catalog.models().all().stream()
            .map(model ->
                View.of(
                    model,
                    now,
                    availability(model, now, providers),
                    catalog.health(model.provider(), model.id())))
            .toList();
    return CatalogRoutes.page(call, "models", views, View::id);
  }

  private static Catalog.Availability availability(
      Model model, Instant now, Map<String, Catalog.Availability> providers) {
    if (model.retired(now)) {
      return Catalog.Availability.missing("retired on " + model.retired());
    }
    return providers.getOrDefault(
        model.provider(), Catalog.Availability.missing("no provider is named " + model.provider()));
  }
}
