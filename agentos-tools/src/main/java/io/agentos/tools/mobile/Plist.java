package io.agentos.tools.mobile;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dictionary of a property list.
 *
 * @param keys elements that hold the keys, for their lines
 */
record Plist(Map<String, Element> values, Map<String, Element> keys) {
  Plist {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /**
   * The dictionary at the top.
   *
   * @throws AgentOsException INVALID_INPUT when there is none
   */
  static Plist of(Element root) {
    return root.children("dict")
        .findFirst()
        .map(Plist::ofDict)
        .orElseThrow(() ->
            new AgentOsException(
                ErrorCode.INVALID_INPUT, "The property list has no <dict> at its top."));
  }

  static Plist ofDict(Element dict) {
    Map<String, Element> values = new LinkedHashMap<>();
    Map<String, Element> keys = new LinkedHashMap<>();
    List<Element> children = dict.children();
    for (int i = 0; i < children.size(); i += 2) {
      Element key = children.get(i);
      if (!key.name().equals("key")
          || i + 1 == children.size()
          || children.get(i + 1).name().equals("key")) {
        throw new AgentOsException(
            ErrorCode.INVALID_INPUT,
            "Line %d: the key '%s' of the property list has no value."
                .formatted(key.line(), Printable.line(key.text(), 60)));
      }
      values.put(key.text(), children.get(i + 1));
      keys.put(key.text(), key);
    }
    return new Plist(values, keys);
  }

  Optional<Element> at(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A text; empty when it is missing or another kind of value. */
  Optional<String> text(String key) {
    return at(key).filter(value -> value.name().equals("string")).map(Element::text);
  }

  boolean isTrue(String key) {
    return at(key).filter(value -> value.name().equals("true")).isPresent();
  }

  /** The dictionary under a key. */
  Optional<Plist> dict(String key) {
    return at(key).filter(value -> value.name().equals("dict")).map(Plist::ofDict);
  }

  /** The line of a key; that of the first key when it is missing. */
  int line(String key) {
    Element element = keys.get(key);
    return element == null
        ? keys.values().stream().findFirst().map(Element::line).orElse(1)
        : element.line();
  }
}
