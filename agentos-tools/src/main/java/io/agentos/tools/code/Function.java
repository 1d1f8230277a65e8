package io.agentos.tools.code;

/**
 * A named function, method or constructor.
 *
 * @param line where its name is, counted from 1
 * @param lines from there to its end, both included
 */
record Function(String name, int line, int lines) {}
