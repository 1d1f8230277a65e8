package io.agentos.runtime.definitions;

import java.util.List;

/**
 * What speaks for an agent beside its keywords, for the router.
 *
 * @param examples tasks for it, as its users word them
 * @param shapes what the things look like that it works on
 */
public record RoutingHints(List<String> examples, List<Shape> shapes) {
  /** An agent that says nothing of the kind. */
  public static final RoutingHints NONE = new RoutingHints(List.of(), List.of());

  public RoutingHints {
    examples = List.copyOf(examples);
    shapes = List.copyOf(shapes);
  }
}
