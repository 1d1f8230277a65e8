package io.agentos.adapters.gemini;

import io.agentos.api.ModelRequest;

/**
 * What one call is about, for those who read its answer.
 *
 * @param provider that is called
 * @param asked the model that is asked
 * @param tools under the names that travel
 */
record GeminiTalk(ModelRequest request, String provider, String asked, GeminiToolNames tools) {}
