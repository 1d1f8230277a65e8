package io.agentos.runtime.models;

import io.agentos.spi.ModelProvider;

/**
 * A provider that can be called.
 *
 * @param model the model where an agent names the provider only
 */
public record ConfiguredProvider(ModelProvider provider, String model) {}
