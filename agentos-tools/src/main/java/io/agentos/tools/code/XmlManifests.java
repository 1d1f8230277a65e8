package io.agentos.tools.code;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Dependencies in XML: Maven and NuGet. Document types and entities are not read at all. */
final class XmlManifests {
  private static final int DEPTH_MAX = 100;
  private static final int REFERENCES_MAX = 10;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{1,200})}");

  private XmlManifests() {}

  /** An element that has ended: its path from the root, its attributes and the text in it. */
  private record Element(String path, Map<String, String> attributes, String text) {}

  /** {@code project/dependencies}, with the properties of the same file put in. */
  static Optional<List<Dependency>> maven(String text) {
    return elements(text).map(XmlManifests::mavenDependencies);
  }

  private static List<Dependency> mavenDependencies(List<Element> elements) {
    Map<String, String> properties = new HashMap<>();
    List<Map<String, String>> dependencies = new ArrayList<>();
    Map<String, String> current = new HashMap<>();
    for (Element element : elements) {
      String path = element.path();
      if (path.startsWith("project/properties/")) {
        properties.put(path.substring("project/properties/".length()), element.text());
      } else if (path.equals("project/version") || path.equals("project/parent/version")) {
        properties.putIfAbsent("project.version", element.text());
      } else if (path.equals("project/dependencies/dependency")) {
        dependencies.add(current);
        current = new HashMap<>();
      } else if (path.startsWith("project/dependencies/dependency/")) {
        current.put(path.substring("project/dependencies/dependency/".length()), element.text());
      }
    }
    List<Dependency> found = new ArrayList<>();
    for (Map<String, String> one : dependencies) {
      String name = one.getOrDefault("groupId", "") + ":" + one.getOrDefault("artifactId", "");
      found.add(
          new Dependency(
              resolved(name, properties),
              resolved(one.getOrDefault("version", ""), properties),
              one.getOrDefault("scope", "").replace("compile", "")));
    }
    return found;
  }

  private static String resolved(String text, Map<String, String> properties) {
    String resolved = text;
    for (int i = 0; i < REFERENCES_MAX; i++) {
      Matcher matcher = REFERENCE.matcher(resolved);
      if (!matcher.find() || !properties.containsKey(matcher.group(1))) {
        return resolved;
      }
      String value = properties.getOrDefault(matcher.group(1), "");
      resolved = resolved.substring(0, matcher.start()) + value + resolved.substring(matcher.end());
      if (resolved.length() > 1_000) {
        return text;
      }
    }
    return resolved;
  }

  /** {@code PackageReference} and its relatives. */
  static Optional<List<Dependency>> dotnet(String text) {
    return elements(text).map(XmlManifests::dotnetDependencies);
  }

  private static List<Dependency> dotnetDependencies(List<Element> elements) {
    List<Dependency> found = new ArrayList<>();
    String version = "";
    for (Element element : elements) {
      String name = element.path().substring(element.path().lastIndexOf('/') + 1);
      Map<String, String> attributes = element.attributes();
      switch (name) {
        case "Version" -> version = element.text();
        case "PackageReference", "PackageVersion" -> {
          String id = attributes.getOrDefault("Include", attributes.getOrDefault("Update", ""));
          if (!id.isEmpty()) {
            found.add(new Dependency(id, attributes.getOrDefault("Version", version), ""));
          }
          version = "";
        }
        case "package" ->
            found.add(
                new Dependency(
                    attributes.getOrDefault("id", ""), attributes.getOrDefault("version", ""), ""));
        default -> {}
      }
    }
    return found;
  }

  /** All elements in the order in which they end; empty when the text is no such XML. */
  private static Optional<List<Element>> elements(String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    try {
      String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(content));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<Element>> read(XMLStreamReader reader) throws XMLStreamException {
    List<Element> ended = new ArrayList<>();
    Deque<Element> open = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String above = open.isEmpty() ? "" : open.peek().path() + "/";
          open.push(new Element(above + reader.getLocalName(), attributes(reader), ""));
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          Element element = open.pop();
          ended.add(new Element(element.path(), element.attributes(), text.toString().strip()));
          text.setLength(0);
        }
        default -> {}
      }
      if (open.size() > DEPTH_MAX) {
        return Optional.empty();
      }
    }
    return Optional.of(ended);
  }

  private static Map<String, String> attributes(XMLStreamReader reader) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return attributes;
  }
}
