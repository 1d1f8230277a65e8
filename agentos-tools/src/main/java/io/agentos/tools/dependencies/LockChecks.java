package io.agentos.tools.dependencies;

import io.agentos.tools.code.Dependency;
import io.agentos.tools.dependencies.Inventory.Lock;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lock files in JSON (npm, Composer) tell about every package that is installed. */
final class LockChecks {
  private static final int NAMES_SHOWN = 8;
  private static final Pattern STRONG =
      Pattern.compile("(?i).*\\b(?:AGPL|SSPL|GPL)-?\\d?.*|.*\\b(?:BUSL|Commons Clause|Elastic).*");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(200).build())
                  .build())
          .build();

  private final Lock lock;
  private final List<Finding> found = new ArrayList<>();
  private final Map<String, Integer> licences = new TreeMap<>();
  private final List<String> unencrypted = new ArrayList<>();
  private final List<String> unhashed = new ArrayList<>();
  private final List<String> scripted = new ArrayList<>();
  private final List<String> copyleft = new ArrayList<>();
  private final List<String> unlicensed = new ArrayList<>();
  private int packages;

  private LockChecks(Lock lock) {
    this.lock = lock;
  }

  /** What the lock files tell. */
  record Result(List<Finding> findings, Map<String, Integer> licences, int packages) {}

  static Result of(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Integer> licences = new TreeMap<>();
    int packages = 0;
    for (Lock lock : inventory.locks()) {
      LockChecks checks = new LockChecks(lock);
      checks.run();
      findings.addAll(checks.found);
      checks.licences.forEach((licence, count) -> licences.merge(licence, count, Integer::sum));
      packages += checks.packages;
    }
    return new Result(findings, licences, packages);
  }

  private void run() {
    boolean npm =
        lock.name().equals("package-lock.json") || lock.name().equals("npm-shrinkwrap.json");
    boolean composer = lock.name().equals("composer.lock");
    if (lock.text().isEmpty() || (!npm && !composer)) {
      return;
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(lock.text());
    } catch (JacksonException e) {
      unreadable();
      return;
    }
    if (npm) {
      root.path("packages").properties().forEach(one -> npm(one.getKey(), one.getValue()));
    } else {
      root.path("packages").forEach(this::composer);
    }
    tell();
  }

  private void unreadable() {
    found.add(
        new Finding(
            "lock-file-unreadable",
            Severity.HIGH,
            new Place(lock.path(), 0),
            "The lock file is no JSON.",
            "Installing fails, or the tool chooses all versions anew.",
            "Look for conflict markers (<<<<<<<); take one side and let the tool write it again."));
  }

  private void npm(String path, JsonNode one) {
    int at = path.lastIndexOf("node_modules/");
    if (at < 0 || one.path("link").booleanValue(false)) {
      return;
    }
    packages++;
    String name = path.substring(at + "node_modules/".length());
    String version = one.path("version").stringValue("");
    String resolved = one.path("resolved").stringValue("");
    if (resolved.startsWith("http:") || resolved.startsWith("git:")) {
      unencrypted.add(name);
    } else if (resolved.startsWith("https:") && !one.has("integrity")) {
      unhashed.add(name);
    }
    if (one.path("hasInstallScript").booleanValue(false)) {
      scripted.add(name);
    }
    licence(name, one.path("license").stringValue(""), !one.path("dev").booleanValue(false));
    KnownTrouble.bad(Ecosystem.NPM, name, version)
        .ifPresent(what ->
            found.add(
                NameChecks.compromised(
                    new Place(lock.path(), line(path)), new Dependency(name, version, ""), what)));
  }

  private void composer(JsonNode one) {
    packages++;
    licence(one.path("name").stringValue(""), one.path("license").path(0).stringValue(""), true);
  }

  private void licence(String name, String licence, boolean delivered) {
    String shown = licence.isEmpty() ? "not said" : licence;
    licences.merge(shown, 1, Integer::sum);
    if (licence.isEmpty() || licence.toUpperCase(Locale.ROOT).startsWith("UNLICENSED")) {
      unlicensed.add(name);
    } else if (delivered
        && STRONG.matcher(licence).matches()
        && !licence.contains("LGPL")
        && !licence.contains(" OR ")) {
      copyleft.add("%s (%s)".formatted(name, licence));
    }
  }

  private int line(String name) {
    int at = lock.text().indexOf('"' + name + '"');
    return at < 0
        ? 0
        : 1 + (int) lock.text().substring(0, at).chars().filter(one -> one == '\n').count();
  }

  private void tell() {
    tell(
        "lock-unencrypted",
        Severity.HIGH,
        unencrypted,
        "Fetched over an unencrypted connection",
        "Whoever is on the way can replace what is installed.",
        "Have the registry's address begin with https: and write the lock file again.");
    tell(
        "lock-no-hash",
        Severity.MEDIUM,
        unhashed,
        "Without an integrity hash",
        "A registry or mirror that was broken into can deliver other code under the same version.",
        "Delete these entries and run npm install once: it writes the hashes.");
    tell(
        "install-script",
        Severity.LOW,
        scripted,
        "With scripts that run when they are installed",
        "That is how most packages that were broken into get at keys and files.",
        "Install with --ignore-scripts, and allow those that need it by name.");
    tell(
        "licence-strong",
        Severity.MEDIUM,
        copyleft,
        "With a licence that reaches beyond the package itself",
        "What is delivered together with them, or offered over a network, may have to be published"
            + " or paid for.",
        "Have somebody who answers for it decide; replace the package where the answer is no.");
    tell(
        "licence-missing",
        Severity.LOW,
        unlicensed,
        "Without a licence",
        "Without one nobody may use them, strictly.",
        "Look into their repository; ask the author; or replace them.");
  }

  private void tell(
      String rule, Severity severity, List<String> names, String what, String why, String fix) {
    if (!names.isEmpty()) {
      found.add(
          new Finding(
              rule,
              severity,
              new Place(lock.path(), 0),
              "%s: %s (%s)."
                  .formatted(
                      what,
                      Words.count(names.size(), "package"),
                      Words.list(names.stream().map(Words::code).toList(), NAMES_SHOWN)),
              why,
              fix));
    }
  }
}
