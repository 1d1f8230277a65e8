package io.agentos.tools.code;

import java.util.List;

/**
 * A file that lists dependencies.
 *
 * @param tool who reads it, such as {@code Maven}
 * @param dependencies in the order of the file, at most {@value Manifests#DEPENDENCIES_MAX}
 * @param readable false when the file is not what its name says
 */
public record Manifest(String path, String tool, List<Dependency> dependencies, boolean readable) {
  public Manifest {
    dependencies = List.copyOf(dependencies);
  }
}
