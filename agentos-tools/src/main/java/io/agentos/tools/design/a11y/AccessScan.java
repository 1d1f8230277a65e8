package io.agentos.tools.design.a11y;

import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.Report;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks over the HTML of a page for what keeps people out. */
public final class AccessScan {
  private static final Pattern CRITERION = Pattern.compile("\\b(\\d\\.\\d\\.\\d{1,2})\\b");
  private static final List<Consumer<Scan>> CHECKS =
      List.of(
          FormChecks::check,
          ControlChecks::check,
          ImageChecks::check,
          AriaChecks::check,
          StructureChecks::check);

  private AccessScan() {}

  /** Looks over one page. */
  public static ToolResult run(GivenText given) throws InterruptedIOException {
    HtmlPage page = HtmlPage.of(given);
    Scan scan = new Scan(page);
    for (Consumer<Scan> check : CHECKS) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      check.accept(scan);
    }
    List<Finding> findings = scan.findings();
    Map<String, Integer> criteria = new TreeMap<>();
    for (Finding finding : findings) {
      Matcher criterion = CRITERION.matcher(finding.rule().reference());
      if (criterion.find()) {
        criteria.merge(criterion.group(1), 1, Integer::sum);
      }
    }
    int elements = page.document().getAllElements().size() - 1;
    return new Report("Accessibility scan: " + page.name())
        .whenNone("**No findings** by the rules that a machine can hold.")
        .summary(
            "%s looked at%s."
                .formatted(
                    count(elements, "element"),
                    criteria.isEmpty()
                        ? ""
                        : "; success criteria of WCAG 2.2 that fail: "
                            + String.join(", ", criteria.keySet())))
        .findings(findings)
        .field("elements", elements)
        .field("criteria", criteria)
        .note(
            "A machine finds about a third of what keeps people out. Try the page with the keyboard"
                + " alone, with a screen reader, and at 400 % zoom.")
        .note(
            "Colours are not judged here; `contrast-audit` does that. What scripts add or change is"
                + " not seen: save the page from the browser with menus and dialogs open.")
        .result();
  }
}
