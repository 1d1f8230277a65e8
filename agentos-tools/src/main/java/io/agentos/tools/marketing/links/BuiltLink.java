package io.agentos.tools.marketing.links;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A link ready to be sent.
 *
 * @param line of the plan; 0 when there is none
 * @param channel in which Google Analytics counts its visits
 * @param values as written, by the names of the parameters
 */
record BuiltLink(int line, String link, String channel, Map<String, String> values) {
  BuiltLink {
    values = new LinkedHashMap<>(values);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("line", line);
    fields.put("link", link);
    fields.put("channel", channel);
    fields.putAll(values);
    return fields;
  }
}
