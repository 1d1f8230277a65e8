package io.agentos.tools.yaml;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the documents of a YAML text from the parser's events, so that depth and number of values
 * are bounded before anything recurses. One use, one thread.
 */
public final class YamlDocuments {
  /** How deep values may nest. */
  public static final int DEPTH_MAX = 60;

  /** The most values of one text, those behind aliases counted each time. */
  public static final int VALUES_MAX = 200_000;

  /** The scanner's time for an unquoted text grows with the square of its length in a line. */
  public static final int LINE_LENGTH_MAX = 50_000;

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int values;

  /** A value that an alias may repeat, with how many values and levels it brings. */
  private record Anchored(YamlNode node, int values, int depth) {}

  private YamlDocuments(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * The documents of a text, empty ones left out.
   *
   * @throws AgentOsException INVALID_INPUT with line and reason when it is no YAML or too much
   */
  public static List<YamlNode> read(String text) {
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.length() > LINE_LENGTH_MAX) {
        throw wrong(number, "the line is longer than %d characters".formatted(LINE_LENGTH_MAX));
      }
    }
    try {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
      return new YamlDocuments(new Parse(settings).parseString(text).iterator()).documents();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      throw wrong(mark.map(one -> one.getLine() + 1).orElse(1), e.getProblem());
    } catch (YamlEngineException e) {
      throw wrong(1, String.valueOf(e.getMessage()));
    }
  }

  private List<YamlNode> documents() {
    List<YamlNode> documents = new ArrayList<>();
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent) {
        anchors.clear();
        YamlNode root = node(events.next(), 1);
        if (!(root instanceof YamlNode.Scalar scalar && scalar.isNull())) {
          documents.add(root);
        }
      }
    }
    return documents;
  }

  private YamlNode node(Event event, int depth) {
    int line = line(event);
    values++;
    if (values > VALUES_MAX) {
      throw wrong(line, "there are more than %d values".formatted(VALUES_MAX));
    }
    if (depth > DEPTH_MAX) {
      throw wrong(line, "values nest more than %d levels deep".formatted(DEPTH_MAX));
    }
    if (event instanceof AliasEvent alias) {
      return repeated(alias, depth);
    }
    int before = values;
    YamlNode node =
        switch (event) {
          case ScalarEvent scalar -> new YamlNode.Scalar(line, scalar.getValue(), scalar.isPlain());
          case SequenceStartEvent _ -> sequence(line, depth);
          case MappingStartEvent _ -> mapping(line, depth);
          default -> throw wrong(line, "a value was expected");
        };
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      anchors.put(named.getAnchor().get(), new Anchored(node, values - before + 1, depthOf(node)));
    }
    return node;
  }

  private YamlNode repeated(AliasEvent alias, int depth) {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw wrong(line(alias), "the alias *%s names nothing above".formatted(alias.getAlias()));
    }
    values += anchored.values();
    if (values > VALUES_MAX || depth + anchored.depth() > DEPTH_MAX + 1) {
      throw wrong(
          line(alias),
          "aliases make more than %d values or %d levels".formatted(VALUES_MAX, DEPTH_MAX));
    }
    return anchored.node();
  }

  /** Bounded, for what is measured was bounded when it was read. */
  private static int depthOf(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar _ -> 1;
      case YamlNode.Sequence list ->
          1 + list.items().stream().mapToInt(YamlDocuments::depthOf).max().orElse(0);
      case YamlNode.Mapping map ->
          1 + map.members().values().stream().mapToInt(YamlDocuments::depthOf).max().orElse(0);
    };
  }

  private YamlNode sequence(int line, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new YamlNode.Sequence(line, items);
  }

  private YamlNode mapping(int line, int depth) {
    Map<String, YamlNode> members = new LinkedHashMap<>();
    List<YamlNode> merged = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      int keyLine = line(event);
      if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
        throw wrong(keyLine, "a key is no single value");
      }
      YamlNode value = node(events.next(), depth + 1);
      if (key.plain() && key.text().equals("<<")) {
        merged.add(value);
      } else if (members.putIfAbsent(key.text(), value) != null) {
        throw wrong(
            keyLine, "the key '%s' is there a second time".formatted(Printable.name(key.text())));
      }
    }
    merged.forEach(value -> merge(members, value));
    return new YamlNode.Mapping(line, members);
  }

  private static void merge(Map<String, YamlNode> members, YamlNode value) {
    switch (value) {
      case YamlNode.Mapping map -> map.members().forEach(members::putIfAbsent);
      case YamlNode.Sequence list ->
          list.items().forEach(item -> item.members().forEach(members::putIfAbsent));
      case YamlNode.Scalar _ -> {
        // Nothing to merge.
      }
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static AgentOsException wrong(int line, String why) {
    return new AgentOsException(
        ErrorCode.INVALID_INPUT, "Line %d is not YAML that can be read: %s.".formatted(line, why));
  }
}
