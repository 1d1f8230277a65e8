/**
 * OpenAI's Chat Completions, as spoken by OpenAI, DeepSeek, vLLM, Ollama and many gateways.
 *
 * <p>May import {@code api}, {@code adapters.http}, Jackson's annotations and the JDK.
 */
@NullMarked
package io.agentos.adapters.openai;

import org.jspecify.annotations.NullMarked;
