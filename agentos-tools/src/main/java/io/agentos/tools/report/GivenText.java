package io.agentos.tools.report;

/**
 * A text as a caller gave it, line ends as line feeds, without a byte order mark.
 *
 * @param name to be shown: the file's name, or the argument's where the text itself was given
 */
public record GivenText(String name, String text) {}
