package io.agentos.runtime.definitions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of packs that tests write by hand. */
final class PackFolder {
  static final String PACK =
      """
      apiVersion: agentos.io/v1
      kind: Pack
      metadata: {name: shop, version: 1.2.0, description: Looks after the shop}
      spec: {agents: [stock]}
      """;

  static final String WORKFLOW =
      """
      apiVersion: agentos.io/v1
      kind: Agent
      metadata: {name: stock, description: Counts the stock}
      spec:
        type: workflow
        zone: green
        taskTypes: [count-stock]
        keywords: [stock, row-level security]
        inputs:
          list:     {type: string, format: file, description: The list of goods}
          database: {type: string, format: connection, description: Where the goods are}
          limit:    {type: integer, description: How many}
        exactlyOneOf: [list, database]
        tools: [sql.query, mail.send]
        limits: {turnsMax: 1, toolCallsMax: 5, timeMax: PT5M}
        steps:
          - name: count
            tool: sql.query
            arguments: {list: "${input.list}", database: "${input.database}", top: 10, rate: 1.50}
          - name: note
            template: "${steps.count.fields.total} goods"
        output: {text: "${steps.note.text}", fields: "${steps.count.fields}"}
      """;

  static final String LLM =
      """
      apiVersion: agentos.io/v1
      kind: Agent
      metadata: {name: stock, description: Talks about the stock}
      spec:
        type: llm
        zone: yellow
        models: [openai, anthropic/claude-sonnet-4-5]
        system: prompts/stock.md
        tools: [files.read]
        output: {requiredSections: [Summary], lengthMax: 4000}
      """;

  private final Path root;

  PackFolder(Path root) {
    this.root = root;
  }

  /** A folder with the one good pack {@code shop}. */
  static PackFolder shop(Path root) {
    return new PackFolder(root)
        .write("shop/pack.yaml", PACK)
        .write("shop/agents/stock.yaml", WORKFLOW);
  }

  PackFolder write(String name, String content) {
    try {
      Path file = root.resolve(name);
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PackFolder replace(String name, String old, String now) {
    try {
      String content = Files.readString(root.resolve(name));
      if (!content.contains(old)) {
        throw new IllegalArgumentException(name + " does not contain " + old);
      }
      return write(name, content.replace(old, now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return root;
  }

  Path pack() {
    return root.resolve("shop");
  }
}
