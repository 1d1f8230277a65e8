package io.agentos.tools.mcp;

import java.util.ArrayList;
import java.util.List;

/** The data of server-sent events (WHATWG HTML, 9.2). Stateless. */
final class SentEvents {
  private static final String DATA = "data:";

  private SentEvents() {}

  /** The data of each whole event that has any. */
  static List<String> of(String stream) {
    List<String> events = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    for (String line : stream.split("\r\n|\r|\n", -1)) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(data.toString());
          data.setLength(0);
        }
      } else if (line.startsWith(DATA)) {
        String text = line.substring(DATA.length());
        data.append(data.isEmpty() ? "" : "\n")
            .append(text.startsWith(" ") ? text.substring(1) : text);
      }
    }
    return events;
  }
}
