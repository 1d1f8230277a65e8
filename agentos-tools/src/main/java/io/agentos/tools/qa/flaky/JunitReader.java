package io.agentos.tools.qa.flaky;

import io.agentos.tools.qa.flaky.Result.Outcome;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a report in the XML that JUnit began and Surefire, Gradle, pytest, Jest and others write.
 * Document types and entities are not read at all. Owned by one thread.
 */
final class JunitReader {
  private static final int RESULTS_MAX = 100_000;
  private static final int MESSAGE_LENGTH_MAX = 400;
  private static final int DEPTH_MAX = 100;
  private static final Set<String> COMMITS =
      Set.of(
          "commit",
          "git.commit",
          "git.commit.id",
          "git_commit",
          "github_sha",
          "ci_commit_sha",
          "revision",
          "sha");

  private final List<Result> results = new ArrayList<>();
  private String commit = "";
  private String suite = "";
  private boolean known;
  private Case open = new Case("", 0);

  /** A test case while it is read. */
  private static final class Case {
    private final String test;
    private final double seconds;
    private Outcome outcome = Outcome.PASSED;
    private String message = "";
    private boolean retried;

    Case(String test, double seconds) {
      this.test = test;
      this.seconds = seconds;
    }
  }

  private JunitReader() {}

  /** What a report says; {@code commit} is empty where it does not say one. */
  record Report(List<Result> results, String commit) {}

  /** The report, or empty when it is XML of another kind. */
  static Optional<Report> read(byte[] bytes) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    JunitReader reader = new JunitReader();
    XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
    int depth = 0;
    while (xml.hasNext() && reader.results.size() < RESULTS_MAX) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        if (depth > DEPTH_MAX) {
          throw new XMLStreamException(
              "elements stand in each other more than " + DEPTH_MAX + " deep");
        }
        reader.begin(xml);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        reader.end(xml.getLocalName());
      }
    }
    return reader.known
        ? Optional.of(new Report(List.copyOf(reader.results), reader.commit))
        : Optional.empty();
  }

  private void begin(XMLStreamReader xml) {
    switch (xml.getLocalName()) {
      case "testsuite", "testsuites" -> {
        known = true;
        suite = attribute(xml, "name");
      }
      case "property" -> {
        String value = attribute(xml, "value");
        if (commit.isEmpty() && COMMITS.contains(attribute(xml, "name").toLowerCase(Locale.ROOT))) {
          commit = value.length() > 80 ? value.substring(0, 80) : value;
        }
      }
      case "testcase" -> {
        String owner = attribute(xml, "classname");
        String name = attribute(xml, "name");
        String group = owner.isEmpty() ? suite : owner;
        open =
            new Case(group.isEmpty() ? name : group + "." + name, seconds(attribute(xml, "time")));
      }
      case "failure", "error" -> {
        open.outcome = Outcome.FAILED;
        open.message = message(xml);
      }
      case "skipped", "disabled" -> open.outcome = Outcome.SKIPPED;
      case "flakyFailure", "flakyError" -> {
        open.retried = true;
        open.message = message(xml);
      }
      default -> {
        // Output and the like.
      }
    }
  }

  private void end(String element) {
    if (element.equals("testcase") && !open.test.isEmpty()) {
      results.add(new Result(open.test, open.outcome, open.seconds, open.message, open.retried));
      open = new Case("", 0);
    }
  }

  private static String message(XMLStreamReader xml) {
    String type = attribute(xml, "type");
    String message = attribute(xml, "message");
    String whole = type.isEmpty() || message.contains(type) ? message : type + ": " + message;
    String line = whole.strip().replaceAll("\\s+", " ");
    return line.length() > MESSAGE_LENGTH_MAX ? line.substring(0, MESSAGE_LENGTH_MAX) : line;
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private static double seconds(String text) {
    try {
      double seconds = Double.parseDouble(text.replace(",", ""));
      return Double.isFinite(seconds) && seconds >= 0 ? seconds : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
