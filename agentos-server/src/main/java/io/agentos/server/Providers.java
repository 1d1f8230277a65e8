package io.agentos.server;

import io.agentos.adapters.anthropic.AnthropicProvider;
import io.agentos.adapters.gemini.GeminiProvider;
import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.openai.OpenAiProvider;
import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.runtime.models.ConfiguredProvider;
import io.agentos.server.config.Config;
import io.agentos.server.config.Secret;
import io.agentos.server.http.Catalog;
import io.agentos.spi.ModelProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers of models that the configuration names. One without a key and without a base URL is
 * not there; nothing stands in for it.
 *
 * <p>Thread-safe.
 */
final class Providers implements AutoCloseable {
  /** Whom AgentOS knows to speak with, and the model that is asked where an agent names none. */
  private enum Vendor {
    OPENAI(OpenAiProvider.OPENAI_URL, "gpt-6-luna", "/v1"),
    ANTHROPIC(AnthropicProvider.ANTHROPIC_URL, "claude-haiku-5-5", "/v1"),
    GEMINI(GeminiProvider.GEMINI_URL, "gemini-3.8-flash", "/v1beta"),
    DEEPSEEK(OpenAiProvider.DEEPSEEK_URL, "deepseek-flash", "");

    private final String id = name().toLowerCase(Locale.ROOT);
    private final URI baseUrl;
    private final String model;
    private final String version;

    Vendor(URI baseUrl, String model, String version) {
      this.baseUrl = baseUrl;
      this.model = model;
      this.version = version;
    }

    /**
     * Where calls go. The vendors' own tools disagree about whether a base URL ends with the
     * version of the API: Anthropic's and Google's add it, OpenAI's wants it given. So it is added
     * where Anthropic's and Google's would, and to an address without any path.
     */
    URI address(URI given) {
      String path = given.getPath() == null ? "" : given.getPath().replaceAll("/+$", "");
      boolean versioned = path.matches(".*/v\\d+[a-z0-9]*");
      boolean added = this == OPENAI ? path.isEmpty() : !versioned;
      return added ? URI.create(given.toString().replaceAll("/+$", "") + version) : given;
    }

    /** What to set so that the vendor is there. */
    String hint() {
      return ("set %1$s_API_KEY (or %1$s_BASE_URL for a compatible server, with %1$s_MODEL and"
              + " %1$s_PRICE for a model of its own)")
          .formatted(name());
    }
  }

  private final List<ConfiguredProvider> configured = new ArrayList<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final List<Catalog.Provider> listed = new ArrayList<>();

  private Providers(Config config, Recordings recordings) {
    recordings
        .provider()
        .ifPresent(replay -> {
          configured.add(replay);
          listed.add(
              new Catalog.Provider(
                  replay.provider().id(), Catalog.Availability.AVAILABLE, replay.model()));
        });
    for (Vendor vendor : Vendor.values()) {
      Config.Provider settings = config.provider(vendor.id);
      String model = settings.model().orElse(vendor.model);
      if (recordings.played() || !settings.configured()) {
        String hint = recordings.played() ? recordings.hint() : vendor.hint();
        missing.put(vendor.id, hint);
        listed.add(new Catalog.Provider(vendor.id, Catalog.Availability.missing(hint), model));
        continue;
      }
      configured.add(new ConfiguredProvider(provider(vendor, settings, model), model));
      listed.add(new Catalog.Provider(vendor.id, Catalog.Availability.AVAILABLE, model));
    }
  }

  /** Those of the configuration; only the recordings where there are any to play. */
  static Providers of(Config config, Recordings recordings) {
    return new Providers(config, recordings);
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
    URI baseUrl = settings.baseUrl().map(vendor::address).orElse(vendor.baseUrl);
    String key = settings.apiKey().map(Secret::value).orElse(null);
    Map<String, String> headers = new TreeMap<>();
    settings.headers().forEach((name, value) -> headers.put(name, value.value()));
    return switch (vendor) {
      // OpenAI's newer models call tools well through Responses only; what imitates OpenAI most
      // often knows Chat Completions only.
      case OPENAI ->
          openAi(
              vendor,
              baseUrl,
              key,
              model,
              headers,
              settings.baseUrl().isPresent() ? Api.CHAT_COMPLETIONS : Api.RESPONSES);
      case DEEPSEEK -> openAi(vendor, baseUrl, key, model, headers, Api.DEEPSEEK);
      case ANTHROPIC ->
          new AnthropicProvider(
              new ProviderSettings(
                  vendor.id, baseUrl, key, model, headers, ProviderTimeouts.DEFAULT));
      case GEMINI ->
          new GeminiProvider(
              new ProviderSettings(
                  vendor.id, baseUrl, key, model, headers, ProviderTimeouts.DEFAULT));
    };
  }

  private static ModelProvider openAi(
      Vendor vendor,
      URI baseUrl,
      @Nullable String key,
      String model,
      Map<String, String> headers,
      Api api) {
    return new OpenAiProvider(
        new ProviderSettings(vendor.id, baseUrl, key, model, headers, ProviderTimeouts.DEFAULT),
        api);
  }
}
