package io.agentos.tools.mobile;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML into elements that know their lines. Document types and entities are not read at all.
 */
final class XmlTree {
  private static final int DEPTH_MAX = 60;
  private static final int ELEMENTS_MAX = 50_000;

  private XmlTree() {}

  /**
   * The root of a document.
   *
   * @throws AgentOsException INVALID_INPUT with line and reason
   */
  static Element read(String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return read(factory.createXMLStreamReader(new StringReader(text)), text.lines().toList());
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      String message = String.valueOf(e.getMessage());
      int at = message.lastIndexOf("Message: ");
      throw wrong(line, at < 0 ? message : message.substring(at + "Message: ".length()));
    }
  }

  private static Element read(XMLStreamReader reader, List<String> lines)
      throws XMLStreamException {
    Deque<Element> open = new ArrayDeque<>();
    Element root = null;
    int elements = 0;
    int before = 1;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          int line = Math.max(1, reader.getLocation().getLineNumber());
          elements++;
          if (open.size() == DEPTH_MAX || elements > ELEMENTS_MAX) {
            throw wrong(
                line, "more than %d elements, or %d levels".formatted(ELEMENTS_MAX, DEPTH_MAX));
          }
          Element element = element(reader, lines, Math.min(before, line), line);
          if (open.isEmpty()) {
            root = element;
          } else {
            open.getLast().add(element);
          }
          open.addLast(element);
        }
        case XMLStreamConstants.END_ELEMENT -> open.removeLast();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty()) {
            open.getLast().add(reader.getText());
          }
        }
        default -> {
          // Comments and instructions hold nothing to audit.
        }
      }
      before = Math.max(1, reader.getLocation().getLineNumber());
    }
    if (root == null) {
      throw wrong(1, "there is no element");
    }
    return root;
  }

  /** An element whose tag begins after one line has begun and ends in another. */
  private static Element element(XMLStreamReader reader, List<String> lines, int from, int to) {
    Element element =
        new Element(reader.getLocalName(), lineOf(lines, from, to, reader.getLocalName()));
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String name = reader.getAttributeLocalName(i);
      int line = lineOf(lines, element.line(), to, name + "=");
      element.put(name, reader.getAttributeValue(i), line);
    }
    return element;
  }

  /** The first of some lines that holds a word; the last of them when none does. */
  private static int lineOf(List<String> lines, int from, int to, String word) {
    for (int line = from; line < Math.min(to, lines.size()); line++) {
      if (lines.get(line - 1).contains(word)) {
        return line;
      }
    }
    return to;
  }

  private static AgentOsException wrong(int line, String why) {
    return new AgentOsException(
        ErrorCode.INVALID_INPUT,
        "Line %d is not XML that can be read: %s"
            .formatted(line, Printable.line(why.replaceAll("\\s+", " ").strip(), 200)));
  }
}
