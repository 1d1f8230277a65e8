package io.agentos.runtime.definitions;

import java.util.Locale;

/** What a document defines: its {@code kind}. */
public enum DocumentKind {
  /** {@code pack.yaml} of a pack. */
  PACK,
  /** An agent of a pack. */
  AGENT,
  /** An MCP server, whose tools agents may call. */
  TOOL,
  /** A check that tasks pass. */
  GATE,
  /** Rules about tasks and tool calls. */
  POLICY,
  /** Cases that policies must decide so. */
  POLICY_TEST,
  /** A model with its prices. */
  MODEL,
  /** What models answered, to be played again. */
  RECORDING,
  /** Golden tasks of an agent of a pack. */
  EVAL;

  /** The resource with the JSON Schema of this kind, the same file as in {@code schemas/}. */
  String schemaResource() {
    return "/schemas/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".schema.json";
  }
}
