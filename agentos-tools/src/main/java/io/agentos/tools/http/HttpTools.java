package io.agentos.tools.http;

import io.agentos.spi.Tool;
import java.util.List;

/** The tools that call web servers. */
public final class HttpTools {
  private HttpTools() {}

  /** All of them; they go where the egress of each call lets them. */
  public static List<Tool> tools() {
    return List.of(
        new HttpTool(Verb.GET),
        new HttpTool(Verb.POST),
        new HttpTool(Verb.PUT),
        new HttpTool(Verb.DELETE));
  }
}
