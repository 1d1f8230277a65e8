package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.McpLock;
import io.agentos.runtime.definitions.McpServerDefinition;
import io.agentos.runtime.definitions.McpServerDefinition.Pin;
import io.agentos.runtime.definitions.Nearest;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.json.Json;
import io.agentos.server.cli.McpApproval;
import io.agentos.server.config.BuiltIn;
import io.agentos.server.config.Config;
import io.agentos.tools.mcp.McpDescribed;
import io.agentos.tools.mcp.McpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The locks of MCP servers: compared with what the servers offer, and written anew. */
public final class McpLocks implements McpApproval {
  private static final int NEAREST_MAX = 3;

  private final Map<String, String> environment;

  public McpLocks(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A server with where it is declared. */
  private record Declared(McpServerDefinition server, String pack, Path lock) {}

  /** What a server offers that can be approved, and what cannot, with the reason. */
  private record Offered(Map<String, Pin> pins, Map<String, String> unfit) {}

  @Override
  public List<Server> look(Config config, @Nullable String only) {
    List<Server> servers = new ArrayList<>();
    for (Declared declared : declared(config, only)) {
      try {
        servers.add(compared(declared, offered(config, declared)));
      } catch (AgentOsException e) {
        servers.add(
            new Server(
                declared.server().name(),
                declared.pack(),
                "",
                e.detail(),
                declared.lock(),
                List.of()));
      }
    }
    return servers;
  }

  @Override
  public int approve(Config config, String name, String digest) {
    Declared declared = declared(config, name).getFirst();
    Offered offered = offered(config, declared);
    List<Pin> pins = List.copyOf(offered.pins().values());
    if (!McpLock.digest(pins).equals(digest)) {
      throw new AgentOsException(
          ErrorCode.DIGEST_MISMATCH,
          "MCP server %s does not offer what %s stands for; look at it again with 'agentos mcp list %s'."
              .formatted(name, digest, name));
    }
    write(declared.lock(), McpLock.write(pins));
    return pins.size();
  }

  private List<Declared> declared(Config config, @Nullable String only) {
    try (BuiltIn builtIn = BuiltIn.open(environment)) {
      Map<String, Declared> byName = new LinkedHashMap<>();
      List<PackDefinition> all = new ArrayList<>();
      for (Path folder :
          Stream.concat(Stream.of(builtIn.folder("packs")), config.packs().folders().stream())
              .toList()) {
        for (PackDefinition pack : PackLoader.load(folder)) {
          all.add(pack);
          pack.mcpServers().forEach(server -> byName.put(server.name(), of(folder, pack, server)));
        }
      }
      var _ = McpServers.declared(all);
      if (only == null) {
        return List.copyOf(byName.values());
      }
      Declared found = byName.get(only);
      if (found == null) {
        throw unknown(only, byName);
      }
      return List.of(found);
    }
  }

  private static Declared of(Path folder, PackDefinition pack, McpServerDefinition server) {
    return new Declared(
        server,
        pack.name(),
        folder.resolve(pack.name(), "tools", "mcp-%s.lock.json".formatted(server.name())));
  }

  private static AgentOsException unknown(String name, Map<String, Declared> known) {
    List<String> nearest = Nearest.of(name, known.keySet(), NEAREST_MAX);
    return new AgentOsException(
        ErrorCode.INVALID_REQUEST,
        "No pack declares an MCP server '%s'%s."
            .formatted(name, nearest.isEmpty() ? "" : "; nearest: " + String.join(", ", nearest)));
  }

  /** Asks the server; its own words come along when it cannot be asked, for the operator. */
  private static Offered offered(Config config, Declared declared) {
    Path folder = config.data().directory().resolve("mcp");
    EgressGuard egress = new EgressGuard(config.egress().allow());
    Map<String, Pin> pins = new TreeMap<>();
    Map<String, String> unfit = new TreeMap<>();
    try (McpServer server = McpServers.server(declared.server(), folder, egress, (_, _, _) -> {})) {
      try {
        for (McpDescribed tool : server.offered()) {
          try {
            pins.put(tool.remote(), McpServers.pin(tool));
          } catch (AgentOsException e) {
            unfit.put(tool.remote(), e.detail());
          }
        }
      } catch (AgentOsException e) {
        String words = server.lastWords().strip();
        throw new AgentOsException(
            e.code(), e.detail() + (words.isEmpty() ? "" : " It wrote:\n" + words), e);
      }
    }
    return new Offered(pins, unfit);
  }

  private static Server compared(Declared declared, Offered offered) {
    McpServerDefinition server = declared.server();
    List<Tool> tools = new ArrayList<>();
    Map<String, Pin> gone = new TreeMap<>();
    server.pins().forEach(pin -> gone.put(pin.remote(), pin));
    for (Pin pin : offered.pins().values()) {
      Optional<Pin> before = Optional.ofNullable(gone.remove(pin.remote()));
      tools.add(tool(server, pin, before));
    }
    offered
        .unfit()
        .forEach((remote, why) -> {
          gone.remove(remote);
          tools.add(new Tool(name(server, remote), remote, State.UNFIT, "", "", why, ""));
        });
    gone.values()
        .forEach(pin ->
            tools.add(
                new Tool(
                    name(server, pin.remote()), pin.remote(), State.GONE, "", "", "", text(pin))));
    return new Server(
        server.name(),
        declared.pack(),
        McpLock.digest(List.copyOf(offered.pins().values())),
        "",
        declared.lock(),
        tools);
  }

  private static Tool tool(McpServerDefinition server, Pin pin, Optional<Pin> before) {
    State state =
        before.isEmpty()
            ? State.NEW
            : before.get().sha256().equals(pin.sha256()) ? State.APPROVED : State.CHANGED;
    ToolSpec.Effect effect = server.rule(pin.remote()).effect();
    return new Tool(
        name(server, pin.remote()),
        pin.remote(),
        state,
        effect.name().toLowerCase(Locale.ROOT),
        server.rule(pin.remote()).zone().name().toLowerCase(Locale.ROOT),
        text(pin),
        state == State.CHANGED ? text(before.get()) : "");
  }

  private static String name(McpServerDefinition server, String remote) {
    return "mcp.%s.%s".formatted(server.name(), server.rule(remote).as());
  }

  private static String text(Pin pin) {
    return "%s\n%s %s"
        .formatted(pin.description(), Json.write(pin.inputSchema()), Json.write(pin.hints()));
  }

  private static void write(Path lock, String text) {
    try {
      Path part = lock.resolveSibling("." + lock.getFileName() + ".part");
      Files.writeString(part, text);
      Files.move(part, lock, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UnsupportedOperationException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "%s cannot be written; approve where the pack's folder can be.".formatted(lock),
          e);
    }
  }
}
