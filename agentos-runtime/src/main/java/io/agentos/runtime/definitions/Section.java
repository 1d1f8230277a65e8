package io.agentos.runtime.definitions;

import io.agentos.runtime.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A map in a document that fits its schema, read key by key. It knows its place, so that a check
 * beyond the schema can say where the problem is.
 *
 * <p>An absent key reads as empty: the schema has checked which keys must be there, and of what
 * type they are.
 */
public final class Section {
  private final Document document;
  private final Problems problems;
  private final JsonNode node;
  private final String path;

  private Section(Document document, Problems problems, JsonNode node, String path) {
    this.document = document;
    this.problems = problems;
    this.node = node;
    this.path = path;
  }

  static Section root(Document document, Problems problems) {
    return new Section(document, problems, document.tree(), "");
  }

  /** The name of the file it stands in. */
  public String file() {
    return document.file();
  }

  /** The line where it begins, counted from 1; 0 when it is not known. */
  public int line() {
    return document.place(path).line();
  }

  /** Adds a problem with the value of {@code key}. */
  public void problem(String key, String message) {
    String at = Document.member(path, key);
    problems.add(document.file(), document.place(at), at, message);
  }

  /** Adds a problem with an item of the list {@code key}. */
  public void problem(String key, int index, String message) {
    String at = Document.item(Document.member(path, key), index);
    problems.add(document.file(), document.place(at), at, message);
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    return node.has(key);
  }

  /** The map under {@code key}; an empty one when absent. */
  public Section section(String key) {
    return new Section(document, problems, node.path(key), Document.member(path, key));
  }

  /** The maps in the list under {@code key}. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    String list = Document.member(path, key);
    for (JsonNode item : node.path(key)) {
      sections.add(new Section(document, problems, item, Document.item(list, sections.size())));
    }
    return sections;
  }

  /** The maps in this map, by their keys, in the order of the file. */
  public Map<String, Section> members() {
    Map<String, Section> members = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      members.put(key, section(key));
    }
    return members;
  }

  /** The text under {@code key}; empty text when absent. */
  public String text(String key) {
    return node.path(key).stringValue("");
  }

  /** The texts in the list under {@code key}. */
  public List<String> texts(String key) {
    return node.path(key).valueStream().map(JsonNode::stringValue).toList();
  }

  /** The texts in this map, by their keys, in the order of the file. */
  public Map<String, String> textMembers() {
    Map<String, String> members = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      members.put(key, text(key));
    }
    return members;
  }

  /** The truth value under {@code key}; false when absent. */
  public boolean flag(String key) {
    return node.path(key).booleanValue(false);
  }

  /** The whole number under {@code key}. */
  public Optional<Long> number(String key) {
    return node.has(key) ? Optional.of(node.path(key).longValue()) : Optional.empty();
  }

  /** The number under {@code key}, exactly as it is written, with or without quotes. */
  public Optional<BigDecimal> decimal(String key) {
    JsonNode value = node.path(key);
    if (value.isString()) {
      return Optional.of(new BigDecimal(value.stringValue()));
    }
    return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
  }

  /** The duration under {@code key}; a problem when it is not from 1 second to {@code max}. */
  public Optional<Duration> duration(String key, Duration max) {
    if (!node.has(key)) {
      return Optional.empty();
    }
    Duration duration = Duration.parse(text(key));
    if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(max) <= 0) {
      return Optional.of(duration);
    }
    problem(key, "found '%s'; allowed: PT1S to %s".formatted(text(key), max));
    return Optional.empty();
  }

  /** The value under {@code key} as plain JSON values; null when absent. */
  public @Nullable Object plain(String key) {
    return node.has(key) ? Json.plain(node.path(key)) : null;
  }

  /** The values of the map under {@code key} as plain JSON values, in the order of the file. */
  Map<String, @Nullable Object> plainMembers(String key) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    Section map = section(key);
    for (String member : map.node.propertyNames()) {
      members.put(member, map.plain(member));
    }
    return members;
  }
}
