package io.agentos.tools.report;

/**
 * What is looked for.
 *
 * @param id as written in fields and reports, for good
 * @param title what is wrong, in a few words
 * @param why why it matters, for a person who is new to the subject
 * @param reference the standard it is taken from; empty when there is none
 */
public record Rule(String id, String title, String why, String reference) {}
