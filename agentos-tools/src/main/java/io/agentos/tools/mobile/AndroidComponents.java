package io.agentos.tools.mobile;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a component of an Android app opens to other apps. */
final class AndroidComponents {
  static final Set<String> KINDS =
      Set.of("activity", "activity-alias", "service", "receiver", "provider");

  private final Element component;
  private final String file;
  private final List<Finding> found = new ArrayList<>();

  private AndroidComponents(Element component, String file) {
    this.component = component;
    this.file = file;
  }

  static List<Finding> findings(Element component, String file) {
    AndroidComponents rules = new AndroidComponents(component, file);
    rules.all();
    return rules.found;
  }

  private void add(String rule, Severity severity, int line, String what, String why, String fix) {
    found.add(new Finding(rule, severity, new Place(file, line), what, why, fix));
  }

  private void all() {
    String name = component.attribute("name").orElse("(no name)");
    List<Element> filters = component.children("intent-filter").toList();
    Optional<String> exported = component.attribute("exported");
    boolean guarded =
        component.attribute("permission").isPresent()
            || component.attribute("readPermission").isPresent();
    boolean launcher = filters.stream().anyMatch(filter -> has(filter, "category", "LAUNCHER"));
    String what = "The %s %s".formatted(component.name(), Words.code(name));
    if (!filters.isEmpty() && exported.isEmpty()) {
      add(
          "exported-not-said",
          Severity.HIGH,
          component.line(),
          "%s has an intent filter and does not say exported.".formatted(what),
          "From target 31 on the app cannot be installed; below, everybody may call it.",
          "android:exported=\"false\", or \"true\" if others are to call it.");
    }
    boolean open = exported.filter("true"::equals).isPresent() && !guarded && !launcher;
    boolean linked = filters.stream().anyMatch(filter -> has(filter, "category", "BROWSABLE"));
    if (open && component.name().equals("provider")) {
      add(
          "provider-open",
          Severity.HIGH,
          component.line("exported"),
          "%s is open to every app.".formatted(what),
          "Any app on the device reads and writes its data (MASVS-PLATFORM-1).",
          "android:exported=\"false\", or a permission of the level signature.");
    } else if (open && !linked) {
      add(
          "component-open",
          Severity.MEDIUM,
          component.line("exported"),
          "%s is open to every app.".formatted(what),
          "Any app on the device can start it with data of its own.",
          "android:exported=\"false\", or a permission; check every extra that arrives.");
    }
    handed(name, what);
    filters.forEach(filter -> link(filter, what));
  }

  private void handed(String name, String what) {
    if (component.isTrue("grantUriPermissions")
        && component.children("path-permission").findAny().isEmpty()
        && component.children("grant-uri-permission").findAny().isEmpty()
        && !name.endsWith("FileProvider")) {
      add(
          "provider-grants-all",
          Severity.MEDIUM,
          component.line("grantUriPermissions"),
          "%s may grant all of its paths.".formatted(what),
          "One wrong link hands out more than meant.",
          "Name the paths in grant-uri-permission.");
    }
    if (component.attribute("taskAffinity").filter(value -> !value.isEmpty()).isPresent()) {
      add(
          "task-affinity",
          Severity.LOW,
          component.line("taskAffinity"),
          "%s sets a task affinity.".formatted(what),
          "Another app can put its screen into the same task and look like yours.",
          "android:taskAffinity=\"\"");
    }
  }

  private void link(Element filter, String what) {
    boolean web =
        filter
            .children("data")
            .anyMatch(data ->
                data.attribute("scheme").filter(scheme -> scheme.matches("https?")).isPresent());
    boolean own =
        filter
            .children("data")
            .anyMatch(data ->
                data.attribute("scheme")
                    .filter(
                        scheme -> !scheme.matches("https?|content|file|mailto|tel|sms|geo|market"))
                    .isPresent());
    if (web && has(filter, "category", "BROWSABLE") && !filter.isTrue("autoVerify")) {
      add(
          "link-not-verified",
          Severity.MEDIUM,
          filter.line(),
          "%s takes web links that are not verified.".formatted(what),
          "Another app can take the same links, those for signing in among them.",
          "android:autoVerify=\"true\" and /.well-known/assetlinks.json on the host.");
    }
    if (own && has(filter, "category", "BROWSABLE")) {
      add(
          "own-scheme",
          Severity.LOW,
          filter.line(),
          "%s takes links of a scheme of its own.".formatted(what),
          "Schemes belong to nobody: another app can take the same one.",
          "Use verified web links for all that carries a code or a token.");
    }
  }

  private static boolean has(Element filter, String kind, String name) {
    return filter
        .children(kind)
        .anyMatch(one -> one.attribute("name").orElse("").endsWith("." + name));
  }
}
