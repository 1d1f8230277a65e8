package io.agentos.server.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pack with an MCP server of a few lines of shell, and an agent that calls its one tool. */
final class HarbourPack {
  private static final String SERVER =
      """
      #!/bin/sh
      while read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\("[^"]*"\\|[0-9]*\\).*/\\1/p')
        case "$line" in
          *'"initialize"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"lock","version":"1"}}}' ;;
          *'"tools/list"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"tools":[{"name":"openLock","description":"'"$(cat FOLDER/description)"'","inputSchema":{"type":"object","properties":{"ship":{"type":"string"}}}}]}}' ;;
          *'"tools/call"'*)
            echo call >> FOLDER/calls
            if [ -e FOLDER/dies ]; then exit 9; fi
            echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"content":[{"type":"text","text":"The lock is open"}]}}' ;;
        esac
      done
      """;

  private final Path folder;

  private HarbourPack(Path folder) {
    this.folder = folder;
  }

  /** Writes the pack; its folder of packs is {@link #packs()}. */
  static HarbourPack in(Path folder) throws IOException {
    HarbourPack pack = new HarbourPack(folder);
    Path harbour = pack.packs().resolve("harbour");
    Files.createDirectories(harbour.resolve("agents"));
    Files.createDirectories(harbour.resolve("tools"));
    Files.writeString(folder.resolve("server.sh"), SERVER.replace("FOLDER", folder.toString()));
    pack.describe("Opens the lock for a ship");
    Files.writeString(
        harbour.resolve("pack.yaml"),
        """
        apiVersion: agentos.io/v1
        kind: Pack
        metadata: {name: harbour, version: 1.0.0, description: Looks after the harbour}
        spec: {agents: [keeper]}
        """);
    Files.writeString(
        harbour.resolve("agents/keeper.yaml"),
        """
        apiVersion: agentos.io/v1
        kind: Agent
        metadata: {name: keeper, description: Opens the lock}
        spec:
          type: workflow
          zone: green
          tools: [mcp.lock.open_lock]
          inputs: {ship: {type: string, required: true, description: Which ship}}
          steps:
            - {name: open, tool: mcp.lock.open_lock, arguments: {ship: "${input.ship}"}}
        """);
    Files.writeString(
        harbour.resolve("tools/mcp-lock.yaml"),
        """
        apiVersion: agentos.io/v1
        kind: Tool
        metadata: {name: mcp-lock, description: The lock of the harbour}
        spec:
          stdio: {command: /bin/sh, args: ["%s"]}
        """
            .formatted(folder.resolve("server.sh")));
    return pack;
  }

  Path packs() {
    return folder.resolve("packs");
  }

  Path lock() {
    return packs().resolve("harbour/tools/mcp-lock.lock.json");
  }

  /** What the server says of its tool from its next start on. */
  void describe(String description) throws IOException {
    Files.writeString(folder.resolve("description"), description);
  }

  /** The server ends in the middle of each call from now on. */
  void dies() throws IOException {
    Files.writeString(folder.resolve("dies"), "");
  }

  /** How often the server was really called. */
  long calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }
}
