package io.agentos.runtime.definitions;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Checks a document against the JSON Schema of its kind, and words what does not fit: path, what
 * was found, what is allowed, and the nearest known name.
 *
 * <p>Thread-safe.
 */
final class SchemaCheck {
  private static final Map<DocumentKind, SchemaCheck> CHECKS = checks();

  private final Schema schema;
  private final SchemaWords words;

  /** One problem, before it is known which of them tell the same story. */
  private record Finding(String path, String message) {}

  private SchemaCheck(JsonNode tree) {
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(tree);
    this.words = new SchemaWords(tree);
  }

  static SchemaCheck of(DocumentKind kind) {
    SchemaCheck check = CHECKS.get(kind);
    if (check == null) {
      throw new IllegalStateException("no schema for " + kind);
    }
    return check;
  }

  /** Adds what does not fit, in the order of the file. */
  void check(Document document, Problems problems) {
    List<Error> errors = schema.validate(document.tree());
    Set<String> mistyped = mistyped(errors);
    List<Finding> findings = new ArrayList<>();
    for (Error error : errors) {
      if (!told(error, mistyped)) {
        findings.add(finding(error));
      }
    }
    findings.stream()
        .distinct()
        .sorted(Comparator.comparing(finding -> document.place(finding.path())))
        .forEach(finding ->
            problems.add(
                document.file(),
                document.place(finding.path()),
                finding.path(),
                finding.message()));
  }

  /** The missing keys for which a mistyped one stands, as paths. */
  private Set<String> mistyped(List<Error> errors) {
    Set<String> paths = new HashSet<>();
    for (Error error : errors) {
      if (error.getKeyword().equals("additionalProperties")) {
        Nearest.of(error.getProperty(), words.keys(parent(error)))
            .ifPresent(name -> paths.add(Document.member(path(error), name)));
      }
    }
    return paths;
  }

  /** Whether another finding says it already. */
  private boolean told(Error error, Set<String> mistyped) {
    return switch (error.getKeyword()) {
      case "required" ->
          withinOneOf(error)
              || mistyped.contains(Document.member(path(error), error.getProperty()));
      case "oneOf" ->
          words.alternatives(parent(error)).stream()
              .anyMatch(name -> mistyped.contains(Document.member(path(error), name)));
      case "dependentRequired" ->
          mistyped.contains(Document.member(path(error), String.valueOf(error.getArguments()[0])));
      default -> false;
    };
  }

  private static boolean withinOneOf(Error error) {
    return error.getEvaluationPath().contains("oneOf");
  }

  private Finding finding(Error error) {
    String path = path(error);
    JsonNode parent = parent(error);
    JsonNode found = error.getInstanceNode();
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(path, error.getProperty(), parent);
      case "required" ->
          new Finding(
              Document.member(path, error.getProperty()),
              "missing; allowed: "
                  + words.allowed(parent.at("/properties").path(error.getProperty())));
      case "propertyNames" ->
          new Finding(
              Document.member(path, error.getProperty()),
              "found key %s; allowed: %s"
                  .formatted(
                      Problems.quoted(error.getProperty()),
                      words.allowed(parent.path("propertyNames"))));
      case "oneOf" -> oneOf(path, parent, found);
      case "dependentRequired" ->
          new Finding(
              Document.member(path, error.getProperty()),
              "found without '%s'; allowed: only together with it"
                  .formatted(error.getArguments()[0]));
      case "uniqueItems" -> new Finding(path, SchemaWords.twice(found));
      default ->
          new Finding(
              path,
              "found %s; allowed: %s%s"
                  .formatted(
                      SchemaWords.found(found), words.allowed(parent), words.hint(found, parent)));
    };
  }

  private Finding unknownKey(String path, String key, JsonNode parent) {
    List<String> known = words.keys(parent);
    return new Finding(
        Document.member(path, key),
        "unknown key %s; allowed: %s%s"
            .formatted(Problems.quoted(key), String.join(", ", known), Nearest.hint(key, known)));
  }

  private Finding oneOf(String path, JsonNode parent, JsonNode found) {
    List<String> names = words.alternatives(parent);
    List<String> given = names.stream().filter(found::has).toList();
    return new Finding(
        path,
        "found %s; allowed: exactly one of %s"
            .formatted(
                given.isEmpty() ? "none" : String.join(" and ", given), String.join(", ", names)));
  }

  /** The schema node that has the keyword. */
  private JsonNode parent(Error error) {
    NodePath keyword = error.getSchemaLocation().getFragment();
    return words.root().at(JsonPointer.compile(keyword.getParent().toString()));
  }

  private static String path(Error error) {
    NodePath location = error.getInstanceLocation();
    String path = "";
    for (int i = 0; i < location.getNameCount(); i++) {
      path =
          location.getElement(i) instanceof Integer index
              ? Document.item(path, index)
              : Document.member(path, location.getName(i));
    }
    return path;
  }

  private static Map<DocumentKind, SchemaCheck> checks() {
    Map<DocumentKind, SchemaCheck> checks = new EnumMap<>(DocumentKind.class);
    for (DocumentKind kind : DocumentKind.values()) {
      checks.put(kind, new SchemaCheck(Json.readTree(resource(kind.schemaResource()))));
    }
    return checks;
  }

  private static byte[] resource(String name) {
    try (InputStream content = SchemaCheck.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
