package io.agentos.tools.marketing.links;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One link to be built, as it was asked for.
 *
 * @param line of the table; 0 when there is none
 * @param values by the names of the parameters, such as {@code utm_source}; none is blank
 */
record Campaign(int line, String url, Map<String, String> values) {
  Campaign {
    values = new LinkedHashMap<>(values);
  }

  String value(String name) {
    return values.getOrDefault(name, "");
  }
}
