package io.agentos.adapters.anthropic;

import io.agentos.api.ModelRequest;

/**
 * What one call is about, for those who read its answer.
 *
 * @param provider that is called
 * @param asked the model that is asked
 * @param tools under the names that travel
 */
record AnthropicTalk(
    ModelRequest request, String provider, String asked, AnthropicToolNames tools) {}
