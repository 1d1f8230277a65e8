package io.agentos.tools.code;

/**
 * Something a build file asks for.
 *
 * @param version as written; empty when the file does not say
 * @param scope what it is needed for, such as {@code test}; empty for the product itself
 */
public record Dependency(String name, String version, String scope) {}
