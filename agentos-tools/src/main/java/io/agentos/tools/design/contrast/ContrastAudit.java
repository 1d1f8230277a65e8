package io.agentos.tools.design.contrast;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.design.css.StyleSheet;
import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.Report;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Holds the colours of a page against WCAG 2.2. Owned by one thread. */
public final class ContrastAudit {
  private static final int WORK_MAX = 1_500_000;
  private static final int STATES = 5;
  private static final int NAMED_MAX = 5;

  private final HtmlPage page;
  private final PageSheets sheets;
  private final Samples samples;
  private final Pairs pairs = new Pairs();
  private final TextCheck texts;
  private final List<Origin> unread = new ArrayList<>();
  private final List<String> looked = new ArrayList<>();
  private int positioned;
  private int hidden;
  private int selectorsNotRead;
  private boolean cut;

  private ContrastAudit(HtmlPage page, PageSheets sheets, boolean enhanced) {
    this.page = page;
    this.sheets = sheets;
    this.samples = new Samples(page);
    this.texts = new TextCheck(enhanced, pairs);
  }

  /**
   * Audits a page.
   *
   * @param css the style sheet that the page links
   * @param enhanced whether level AAA is asked for too
   */
  public static ToolResult run(GivenText given, Optional<GivenText> css, boolean enhanced)
      throws InterruptedIOException {
    HtmlPage page = HtmlPage.of(given);
    ContrastAudit audit = new ContrastAudit(page, PageSheets.of(page, css), enhanced);
    audit.look();
    return audit.report().result();
  }

  private void look() throws InterruptedIOException {
    List<String> themes = new ArrayList<>(List.of(""));
    themes.addAll(sheets.themes());
    boolean dark = sheets.asks("prefers-color-scheme") || sheets.hasLightDark();
    boolean narrow = sheets.asks("width");
    long passes = (long) (themes.size() + (dark ? 1 : 0)) * (narrow ? 2 : 1) * STATES;
    cut = passes * page.document().getAllElements().size() > WORK_MAX;
    for (String theme : cut ? List.of("") : themes) {
      setTheme(theme, true);
      Cascade cascade = Cascade.of(page.document(), sheets.sheets());
      selectorsNotRead = cascade.selectorsNotRead();
      cut |= cascade.isCut();
      look(cascade, new Circumstance(false, Circumstance.WIDE_PX, theme, Set.of()));
      if (narrow && !cut) {
        look(cascade, new Circumstance(false, Circumstance.NARROW_PX, theme, Set.of()));
      }
      if (dark && theme.isEmpty() && !cut) {
        look(cascade, new Circumstance(true, Circumstance.WIDE_PX, theme, Set.of()));
      }
      setTheme(theme, false);
    }
  }

  private void setTheme(String theme, boolean on) {
    Element root = page.document().firstElementChild();
    if (theme.isEmpty() || root == null) {
      return;
    }
    int equals = theme.indexOf('=');
    String name = theme.substring(0, equals);
    String value = theme.substring(equals + 1);
    if (name.equals("class")) {
      if (on) {
        root.addClass(value);
      } else {
        root.removeClass(value);
      }
    } else if (on) {
      root.attr(name, value);
    } else {
      root.removeAttr(name);
    }
  }

  /** One circumstance at rest, and then each state that the page speaks of. */
  private void look(Cascade cascade, Circumstance rest) throws InterruptedIOException {
    StyleComputer atRest = StyleComputer.of(page.document(), cascade, rest, unread);
    looked.add(rest.words().isEmpty() ? "light, 1,280 px wide" : rest.words());
    positioned = 0;
    hidden = 0;
    for (Element element : page.document().body().getAllElements()) {
      check(atRest, element, rest);
    }
    Set<State> states = EnumSet.of(State.FOCUS);
    states.addAll(cascade.states());
    for (State state : states) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      Set<State> held =
          state == State.ACTIVE ? EnumSet.of(State.ACTIVE, State.HOVER) : Set.of(state);
      Circumstance circumstance = new Circumstance(rest.dark(), rest.widthPx(), rest.theme(), held);
      StyleComputer inState = StyleComputer.of(page.document(), cascade, circumstance, unread);
      for (Element element : page.document().body().getAllElements()) {
        checkState(atRest, inState, element, circumstance);
      }
    }
  }

  private void check(StyleComputer styles, Element element, Circumstance circumstance) {
    Computed computed = styles.of(element);
    boolean text = TextCheck.showsText(element);
    if (!computed.shown() || !computed.visible()) {
      hidden += text ? 1 : 0;
      return;
    }
    if (isField(element) ? !element.attr("value").isBlank() : text) {
      positioned += computed.positioned() ? 1 : 0;
      texts.check(styles, element, circumstance).ifPresent(samples::add);
    }
    if (isField(element) && !TextCheck.isDisabled(element)) {
      texts.placeholder(styles, element, circumstance).ifPresent(samples::add);
      ControlCheck.field(styles, element, circumstance).ifPresent(samples::add);
    }
    ControlCheck.link(styles, element, circumstance).ifPresent(samples::add);
  }

  private void checkState(
      StyleComputer atRest, StyleComputer inState, Element element, Circumstance circumstance) {
    Computed before = atRest.of(element);
    Computed after = inState.of(element);
    if (!after.shown() || !after.visible()) {
      return;
    }
    boolean looksOther =
        !before.text().equals(after.text()) || !before.box().equals(after.box()) || !before.shown();
    if (TextCheck.showsText(element)
        && !isField(element)
        && (looksOther || othersChange(atRest, inState, element))) {
      texts.check(inState, element, circumstance).ifPresent(samples::add);
    }
    if (circumstance.states().contains(State.FOCUS) && ControlCheck.takesFocus(element)) {
      ControlCheck.focus(atRest, inState, element, circumstance).ifPresent(samples::add);
    }
  }

  /** Whether something around an element looks other than at rest. */
  private static boolean othersChange(
      StyleComputer atRest, StyleComputer inState, Element element) {
    for (Element one = element.parent(); one != null && one.parent() != null; one = one.parent()) {
      if (!atRest.of(one).box().equals(inState.of(one).box())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isField(Element element) {
    return element.normalName().equals("input") || element.normalName().equals("textarea");
  }

  private Report report() {
    List<Finding> findings = new ArrayList<>(samples.findings());
    if (sheets.missing().isEmpty()) {
      findings.addAll(MissingVariables.in(page, sheets));
    }
    Report report =
        new Report("Contrast audit: " + page.name())
            .whenNone("**No findings:** every text, field and focus that could be judged passes.")
            .summary(
                "%s in %s judged; looked at: %s."
                    .formatted(
                        count(pairs.texts(), "text"),
                        pairs.size() == 1
                            ? "1 pair of colours"
                            : pairs.size() + " pairs of colours",
                        String.join("; ", looked)))
            .findings(findings)
            .field("texts", pairs.texts())
            .field("circumstances", List.copyOf(looked))
            .field("pairs", pairs.fields());
    if (pairs.size() > 0) {
      report.last("Pairs of colours", pairs.table());
    }
    notes(report);
    return report;
  }

  private void notes(Report report) {
    if (!sheets.missing().isEmpty()) {
      report.note(
          "Style sheets that the page refers to and that were not given: %s. Give the file as"
                  .formatted(named(sheets.missing()))
              + " `css`; without it, what it sets is not seen.");
    }
    for (StyleSheet sheet : sheets.sheets()) {
      sheet.problems().stream()
          .limit(NAMED_MAX)
          .forEach(problem ->
              report.note(
                  "%s: %s."
                      .formatted(code(sheet.name() + ":" + problem.line()), problem.message())));
    }
    if (!unread.isEmpty()) {
      report.note(
          "Colours that could not be read and count as not set: %s."
              .formatted(
                  named(
                      unread.stream()
                          .map(one -> one.source() + ":" + one.line() + " " + one.value())
                          .toList())));
    }
    placeNotes(report);
    boundNotes(report);
    report.note(
        "Not judged: pictures, icons, SVG, what `::before` and `::after` write, text painted by"
            + " scripts, and disabled controls, which WCAG leaves out.");
  }

  private void placeNotes(Report report) {
    if (positioned > 0) {
      report.note(
          "%s taken out of the flow by `position` and judged on the background of what holds"
                  .formatted(count(positioned, "text") + (positioned == 1 ? " is" : " are"))
              + " it; look yourself at what it lies over.");
    }
    if (hidden > 0) {
      report.note(
          "%s hidden at first and not judged; open menus and dialogs and save the page again."
              .formatted(count(hidden, "text") + (hidden == 1 ? " is" : " are")));
    }
  }

  private void boundNotes(Report report) {
    if (selectorsNotRead > 0) {
      report.note(
          "%s not read."
              .formatted(
                  count(selectorsNotRead, "selector")
                      + (selectorsNotRead == 1 ? " was" : " were")));
    }
    if (sheets.rules().stream()
        .flatMap(rule -> rule.conditions().stream())
        .anyMatch(MediaQuery::isUnknown)) {
      report.note(
          "Rules in `@container`, `@scope` and `@starting-style` are taken as not applying.");
    }
    if (cut) {
      report.note(
          "The page is too large to look at in every width, theme and state; some are left out.");
    }
  }

  private static String named(List<String> names) {
    String shown =
        names.stream().limit(NAMED_MAX).map(name -> code(name)).collect(Collectors.joining(", "));
    return names.size() > NAMED_MAX
        ? shown + " and %d more".formatted(names.size() - NAMED_MAX)
        : shown;
  }
}
