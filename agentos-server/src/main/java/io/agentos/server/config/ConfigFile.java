package io.agentos.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * One {@code agentos.yaml}, read into settings with the line each stands on.
 *
 * <p>Read as a stream of tokens, because a tree would have lost the lines. Not thread-safe: one
 * file, one reading.
 */
final class ConfigFile {
  private static final int SIZE_MAX = 256 * 1024;
  private static final int DEPTH_MAX = 8;

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(Kind.TEXT_LENGTH_MAX)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Path file;
  private final List<String> problems;
  private final List<Setting> settings = new ArrayList<>();
  private final Set<String> known = new TreeSet<>();
  private final Set<String> sections = new TreeSet<>();

  private ConfigFile(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
    for (Key key : Keys.ALL) {
      known.add(key.path());
      for (int dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
        sections.add(key.path().substring(0, dot));
      }
    }
  }

  /** The settings in {@code file}; what is wrong with it is added to {@code problems}. */
  static List<Setting> read(Path file, List<String> problems) {
    ConfigFile reading = new ConfigFile(file, problems);
    try {
      if (Files.size(file) > SIZE_MAX) {
        problems.add("%s: larger than %d bytes.".formatted(file, SIZE_MAX));
        return List.of();
      }
      try (JsonParser parser =
          YAML.createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
        reading.document(parser);
      }
    } catch (IOException e) {
      problems.add("%s: cannot be read (%s).".formatted(file, e.getClass().getSimpleName()));
    } catch (JacksonException e) {
      String message = Objects.requireNonNullElse(e.getOriginalMessage(), "not YAML");
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      problems.add(
          "%s:%d: %s".formatted(file, line, message.lines().findFirst().orElse("not YAML")));
    }
    return reading.settings;
  }

  private void document(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problems.add("%s: holds no sections, such as 'server:'.".formatted(origin(parser)));
      return;
    }
    section(parser, "");
    if (parser.nextToken() != null) {
      problems.add("%s: a second document begins; one is allowed.".formatted(origin(parser)));
    }
  }

  private void section(JsonParser parser, String prefix) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = prefix + parser.currentName();
      String origin = origin(parser);
      JsonToken value = parser.nextToken();
      if (known.contains(path)) {
        value(parser, value, path, origin);
      } else if (!sections.contains(path)) {
        problems.add(origin + ": " + unknown(path));
        parser.skipChildren();
      } else if (value == JsonToken.START_OBJECT) {
        section(parser, path + ".");
      } else if (value != JsonToken.VALUE_NULL) {
        problems.add("%s: %s is a section; write its keys below it.".formatted(origin, path));
        parser.skipChildren();
      }
    }
  }

  private void value(JsonParser parser, @Nullable JsonToken value, String path, String origin) {
    List<String> values = new ArrayList<>();
    if (value == JsonToken.START_ARRAY) {
      for (JsonToken next = parser.nextToken();
          next != null && next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (!next.isScalarValue()) {
          problems.add("%s: %s holds more than a list of texts.".formatted(origin, path));
          parser.skipChildren();
        }
        values.add(parser.getString());
      }
    } else if (value == null || !value.isScalarValue() || value == JsonToken.VALUE_NULL) {
      problems.add("%s: %s has no value.".formatted(origin, path));
      parser.skipChildren();
      return;
    } else {
      values.add(parser.getString());
    }
    settings.add(new Setting(path, values, new Setting.Origin(origin, folder(), true)));
  }

  private String unknown(String path) {
    Set<String> names = new TreeSet<>(known);
    names.addAll(sections);
    return KnownNames.nearest(path, names)
        .map(name -> "unknown key %s; the nearest known one is %s.".formatted(path, name))
        .orElse("unknown key %s.".formatted(path));
  }

  private Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private String origin(JsonParser parser) {
    return file + ":" + Math.max(1, parser.currentTokenLocation().getLineNr());
  }
}
