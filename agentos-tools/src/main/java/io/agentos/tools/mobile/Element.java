package io.agentos.tools.mobile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An element of an XML document. Filled while it is read, by one thread. */
final class Element {
  private final String name;
  private final int line;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, Integer> attributeLines = new HashMap<>();
  private final List<Element> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  Element(String name, int line) {
    this.name = name;
    this.line = line;
  }

  String name() {
    return name;
  }

  /** Where it begins. */
  int line() {
    return line;
  }

  /** Where an attribute stands; where the element begins when it has none of this name. */
  int line(String attribute) {
    return attributeLines.getOrDefault(attribute, line);
  }

  /** What stands in it, without blanks around it. */
  String text() {
    return text.toString().strip();
  }

  void add(String characters) {
    text.append(characters);
  }

  void add(Element child) {
    children.add(child);
  }

  void put(String attribute, String value, int attributeLine) {
    attributes.put(attribute, value);
    attributeLines.put(attribute, attributeLine);
  }

  /** An attribute by its name without a prefix, such as {@code exported}. */
  Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  boolean isTrue(String attribute) {
    return attribute(attribute).filter("true"::equals).isPresent();
  }

  List<Element> children() {
    return children;
  }

  /** The children of this name. */
  Stream<Element> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted));
  }
}
