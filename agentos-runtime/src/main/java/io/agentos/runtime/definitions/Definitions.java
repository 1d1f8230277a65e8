package io.agentos.runtime.definitions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The door to all documents of {@code apiVersion: agentos.io/v1}: reads YAML strictly, checks it
 * against the JSON Schema of its kind and hands out its values as {@link Section}s.
 *
 * <p>Problems are collected, not thrown, so that the caller can add its own and tell all at once.
 */
public final class Definitions {
  /** How many documents a folder may hold. */
  public static final int FOLDER_FILES_MAX = 500;

  private static final String SUFFIX = ".yaml";
  private static final String README = "README.md";

  private Definitions() {}

  /**
   * The document in {@code content}, or empty when something is wrong with it.
   *
   * @param file the file's name for messages
   */
  public static Optional<Section> read(
      String file, byte[] content, DocumentKind kind, Problems problems) {
    int before = problems.count();
    Optional<Document> document = YamlReader.read(file, content, problems);
    document.ifPresent(read -> SchemaCheck.of(kind).check(read, problems));
    return problems.count() > before
        ? Optional.empty()
        : document.map(read -> Section.root(read, problems));
  }

  /**
   * The documents of a folder by their files' names, without those with problems.
   *
   * <p>Nothing is passed over in silence, for a rule that is not read protects nobody: besides
   * {@code NAME.yaml}, only README.md and hidden files may lie there.
   */
  public static List<Section> readFolder(Path folder, DocumentKind kind, Problems problems) {
    List<Section> documents = new ArrayList<>();
    for (Path file : entries(folder, problems)) {
      String name = String.valueOf(file.getFileName());
      if (!name.endsWith(SUFFIX) || !Files.isRegularFile(file)) {
        problems.add(
            file.toString(),
            "found a file of another kind; allowed: NAME" + SUFFIX + " and " + README);
        continue;
      }
      content(file, problems)
          .flatMap(content -> read(file.toString(), content, kind, problems))
          .ifPresent(documents::add);
    }
    return documents;
  }

  private static List<Path> entries(Path folder, Problems problems) {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> files =
          children
              .filter(child -> !String.valueOf(child.getFileName()).startsWith("."))
              .filter(child -> !child.endsWith(README))
              .limit(FOLDER_FILES_MAX + 1L)
              .sorted()
              .toList();
      if (files.size() <= FOLDER_FILES_MAX) {
        return files;
      }
      problems.add(
          folder.toString(),
          "found more than %d files; allowed: %d".formatted(FOLDER_FILES_MAX, FOLDER_FILES_MAX));
    } catch (IOException e) {
      problems.add(folder.toString(), "not a folder that can be read");
    }
    return List.of();
  }

  private static Optional<byte[]> content(Path file, Problems problems) {
    try (InputStream content = Files.newInputStream(file)) {
      return Optional.of(content.readNBytes(YamlReader.BYTES_MAX + 1));
    } catch (IOException e) {
      problems.add(file.toString(), "cannot be read");
      return Optional.empty();
    }
  }
}
