package io.agentos.tools.design.contrast;

import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Samples with the same reason become one finding that names its elements. */
final class Samples {
  private static final int NAMED_MAX = 4;

  private final HtmlPage page;
  private final Map<String, Group> groups = new LinkedHashMap<>();

  private static final class Group {
    private final Sample first;
    private final Set<Element> elements = new LinkedHashSet<>();
    private final Set<String> circumstances = new LinkedHashSet<>();

    Group(Sample first) {
      this.first = first;
    }
  }

  Samples(HtmlPage page) {
    this.page = page;
  }

  void add(Sample sample) {
    Group group = groups.computeIfAbsent(sample.key(), key -> new Group(sample));
    group.elements.add(sample.element());
    group.circumstances.add(sample.circumstance());
  }

  List<Finding> findings() {
    return groups.values().stream().map(this::finding).toList();
  }

  /** Those of which none is another with a state added. */
  private static List<String> widest(Set<String> circumstances) {
    return circumstances.stream()
        .filter(one ->
            circumstances.stream()
                .noneMatch(other -> !other.equals(one) && one.startsWith(other + ", ")))
        .toList();
  }

  private Finding finding(Group group) {
    Sample first = group.first;
    StringBuilder what = new StringBuilder(first.what());
    if (!group.circumstances.contains("")) {
      what.append(" Seen: ").append(String.join("; ", widest(group.circumstances))).append('.');
    }
    int more = group.elements.size() - 1;
    if (more > 0) {
      List<String> named = new ArrayList<>();
      for (Element element : group.elements) {
        if (!element.equals(first.element()) && named.size() < NAMED_MAX) {
          named.add(
              "line %d %s"
                  .formatted(HtmlPage.line(element), Markdown.code(HtmlPage.label(element))));
        }
      }
      what.append(" The same for %s: ".formatted(Markdown.count(more, "more element")));
      what.append(String.join(", ", named)).append(more > NAMED_MAX ? " …" : ".");
    }
    Place place = page.place(first.element());
    return new Finding(first.rule(), first.severity(), place, what.toString(), first.fix());
  }
}
