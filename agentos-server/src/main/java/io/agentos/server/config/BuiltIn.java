package io.agentos.server.config;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The packs, policies, gates, models and schemas that come with AgentOS: those of the checkout the
 * launcher stands in, else those inside the jar.
 *
 * <p>Paths it gave are readable until it is closed. Thread-safe.
 */
public final class BuiltIn implements AutoCloseable {
  private static final String ROOT = "/builtin/";

  private final @Nullable Path home;
  private final @Nullable URL packs;
  private final @Nullable FileSystem jar;

  private BuiltIn(@Nullable Path home, @Nullable URL packs, @Nullable FileSystem jar) {
    this.home = home;
    this.packs = packs;
    this.jar = jar;
  }

  /** Opens what comes with AgentOS; {@code AGENTOS_HOME} names the checkout. */
  public static BuiltIn open(Map<String, String> environment) {
    return open(
        environment.getOrDefault("AGENTOS_HOME", ""), BuiltIn.class.getResource(ROOT + "packs"));
  }

  /**
   * The same.
   *
   * @param packs the folder of packs among the resources; null when there is none
   */
  static BuiltIn open(String home, @Nullable URL packs) {
    try {
      FileSystem jar =
          packs != null && packs.getProtocol().equals("jar")
              ? FileSystems.newFileSystem(jarOf(packs), (ClassLoader) null)
              : null;
      return new BuiltIn(home.isEmpty() ? null : Path.of(home), packs, jar);
    } catch (IOException | URISyntaxException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT, "The jar of AgentOS cannot be read; build it again.", e);
    }
  }

  /**
   * The folder of built-in {@code packs}, {@code policies}, {@code gates}, {@code models} or {@code
   * schemas}.
   *
   * @throws AgentOsException ENVIRONMENT when there is none
   */
  public Path folder(String name) {
    if (home != null && Files.isDirectory(home.resolve("packs"))) {
      return found(name, home.resolve(name));
    }
    if (jar != null) {
      return found(name, jar.getPath(ROOT + name));
    }
    if (packs == null) {
      throw missing(name);
    }
    return found(name, Path.of(URI.create(packs.toString())).resolveSibling(name));
  }

  @Override
  public void close() {
    if (jar == null) {
      return;
    }
    try {
      jar.close();
    } catch (IOException e) {
      throw new AgentOsException(ErrorCode.ENVIRONMENT, "The jar of AgentOS cannot be closed.", e);
    }
  }

  private static Path jarOf(URL resource) throws URISyntaxException {
    String place = resource.getPath();
    return Path.of(new URI(place.substring(0, place.indexOf("!/"))));
  }

  private static Path found(String name, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw missing(name);
    }
    return folder;
  }

  private static AgentOsException missing(String name) {
    return new AgentOsException(
        ErrorCode.ENVIRONMENT,
        "The built-in %s are in neither AGENTOS_HOME nor the jar; build AgentOS again."
            .formatted(name));
  }
}
