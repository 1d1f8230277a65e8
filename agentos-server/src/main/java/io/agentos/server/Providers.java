package io.agentos.server;

import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiProvider;
import io.agentos.adapters.openai.OpenAiSettings;
import io.agentos.adapters.openai.OpenAiSettings.Api;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.server.config.Config;
import io.agentos.server.config.Secret;
import io.agentos.server.http.Catalog;
import io.agentos.spi.ModelProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The providers of models that the configuration names. One without a key and without a base URL is
 * not there; nothing stands in for it.
 *
 * <p>Thread-safe.
 */
final class Providers implements AutoCloseable {
  /** A vendor that speaks Chat Completions. */
  private enum Vendor {
    OPENAI("openai", OpenAiSettings.OPENAI_URL, "gpt-6-luna", Api.CHAT_COMPLETIONS),
    DEEPSEEK("deepseek", OpenAiSettings.DEEPSEEK_URL, "deepseek-flash", Api.DEEPSEEK);

    private final String id;
    private final URI baseUrl;
    private final String model;
    private final Api api;

    Vendor(String id, URI baseUrl, String model, Api api) {
      this.id = id;
      this.baseUrl = baseUrl;
      this.model = model;
      this.api = api;
    }

    /** What to set so that the vendor is there. */
    String hint() {
      return "set %1$s_API_KEY (or %1$s_BASE_URL and %1$s_MODEL for a compatible server)"
          .formatted(name());
    }
  }

  private final List<ConfiguredProvider> configured = new ArrayList<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final List<Catalog.Provider> listed = new ArrayList<>();

  private Providers(Config config) {
    for (Vendor vendor : Vendor.values()) {
      Config.Provider settings = config.provider(vendor.id);
      String model = settings.model().orElse(vendor.model);
      if (!settings.configured()) {
        missing.put(vendor.id, vendor.hint());
        listed.add(
            new Catalog.Provider(vendor.id, Catalog.Availability.missing(vendor.hint()), model));
        continue;
      }
      configured.add(new ConfiguredProvider(provider(vendor, settings, model), model));
      listed.add(new Catalog.Provider(vendor.id, Catalog.Availability.AVAILABLE, model));
    }
  }

  static Providers of(Config config) {
    return new Providers(config);
  }

  List<ConfiguredProvider> configured() {
    return List.copyOf(configured);
  }

  /** How to configure each provider that is not, by id. */
  Map<String, String> missing() {
    return Map.copyOf(missing);
  }

  /** All that are known, as callers see them. */
  List<Catalog.Provider> listed() {
    return List.copyOf(listed);
  }

  @Override
  public void close() {
    configured.forEach(each -> each.provider().close());
  }

  private static ModelProvider provider(Vendor vendor, Config.Provider settings, String model) {
    return new OpenAiProvider(
        new OpenAiSettings(
            vendor.id,
            settings.baseUrl().orElse(vendor.baseUrl),
            settings.apiKey().map(Secret::value).orElse(null),
            model,
            Map.of(),
            vendor.api,
            ProviderTimeouts.DEFAULT));
  }
}
