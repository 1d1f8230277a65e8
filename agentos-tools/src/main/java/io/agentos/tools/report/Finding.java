package io.agentos.tools.report;

/**
 * One thing that is wrong.
 *
 * @param what what is wrong here, in words; names from the input stand in it as code
 * @param fix how to mend it
 */
public record Finding(Rule rule, Severity severity, Place place, String what, String fix) {}
