package io.agentos.runtime.catalogue;

/**
 * What a whole request costs once its prompt is long: every token of it, not only those above.
 *
 * @param above for prompts of more tokens than this, cached ones included
 */
public record PromptTier(long above, Rates rates) {}
