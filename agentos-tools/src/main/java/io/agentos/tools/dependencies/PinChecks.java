package io.agentos.tools.dependencies;

import static java.util.stream.Collectors.groupingBy;

import io.agentos.tools.code.Dependency;
import io.agentos.tools.dependencies.Ecosystem.Pin;
import io.agentos.tools.dependencies.Inventory.Listed;
import io.agentos.tools.dependencies.Inventory.Lock;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Versions that are not fixed, and lock files that are missing, doubled or behind. */
final class PinChecks {
  private final Inventory inventory;
  private final List<Finding> found = new ArrayList<>();

  private PinChecks(Inventory inventory) {
    this.inventory = inventory;
  }

  static List<Finding> findings(Inventory inventory) {
    PinChecks checks = new PinChecks(inventory);
    for (Listed listed : inventory.manifests()) {
      if (!listed.manifest().readable()) {
        checks.unreadable(listed);
      } else {
        Ecosystem.of(listed.manifest().tool())
            .ifPresent(ecosystem -> checks.check(listed, ecosystem));
      }
    }
    checks.differing();
    return checks.found;
  }

  private void unreadable(Listed listed) {
    found.add(
        new Finding(
            "manifest-unreadable",
            Severity.HIGH,
            new Place(listed.manifest().path(), BrokenJson.line(listed.text())),
            "The file is not what its name says (%s); its dependencies are not in this report.%s"
                .formatted(listed.manifest().tool(), BrokenJson.reason(listed.text())),
            "The build cannot read it either.",
            "Look for a conflict marker, a comment in JSON, or a missing bracket."));
  }

  private void check(Listed listed, Ecosystem ecosystem) {
    List<Lock> locks = inventory.locksOf(listed, ecosystem.lockNames());
    for (Dependency dependency : listed.manifest().dependencies()) {
      Place place = new Place(listed.manifest().path(), listed.lineOf(dependency.name()));
      switch (ecosystem.pin(dependency.version())) {
        case OPEN -> open(place, dependency, ecosystem, !locks.isEmpty());
        case ELSEWHERE -> elsewhere(place, dependency);
        case RANGE, FIXED -> {
          // As it should be, with a lock file.
        }
      }
    }
    doubled(listed);
    if (listed.manifest().dependencies().isEmpty() || !ecosystem.expectsLock()) {
      return;
    }
    boolean requirements = listed.manifest().tool().equals("pip");
    if (locks.isEmpty() && !requirements) {
      noLock(listed, ecosystem);
    }
    if (ecosystem == Ecosystem.NPM && locks.size() > 1) {
      severalLocks(locks);
    }
    locks.forEach(lock -> behind(listed, lock));
  }

  private void open(Place place, Dependency dependency, Ecosystem ecosystem, boolean locked) {
    String written = dependency.version().isEmpty() ? "no version" : dependency.version();
    found.add(
        new Finding(
            "version-open",
            locked ? Severity.LOW : Severity.HIGH,
            place,
            "%s takes any new version (%s)%s."
                .formatted(
                    Words.code(dependency.name()),
                    Words.code(written),
                    locked ? "; the lock file holds it for now" : ""),
            locked
                ? "The next update of the lock file may bring another major version."
                : "The same commit builds differently tomorrow, and a version that somebody took"
                    + " over is installed at once.",
            ecosystem == Ecosystem.PYPI
                ? "Pin it (name==1.2.3), best with hashes: pip-compile --generate-hashes."
                : "Name the version you tested, or a range with an upper end."));
  }

  private void elsewhere(Place place, Dependency dependency) {
    String version = dependency.version();
    boolean plain = version.startsWith("http:") || version.startsWith("git:");
    boolean commit = version.matches(".*#[0-9a-f]{40}");
    if (version.startsWith("file:") || version.startsWith("link:") || (commit && !plain)) {
      return;
    }
    found.add(
        new Finding(
            "not-from-registry",
            plain ? Severity.HIGH : Severity.MEDIUM,
            place,
            "%s comes from %s.".formatted(Words.code(dependency.name()), Words.code(version)),
            plain
                ? "It travels unencrypted and unsigned: whoever is on the way can replace it."
                : "A branch or tag there can be moved to other code, and no audit tool follows it.",
            "Take it from the registry, or name the full hash of a commit behind #."));
  }

  private void doubled(Listed listed) {
    Map<String, List<Dependency>> byName =
        listed.manifest().dependencies().stream()
            .filter(dependency -> !dependency.scope().equals("peer"))
            .collect(groupingBy(Dependency::name, LinkedHashMap::new, Collectors.toList()));
    byName.forEach((name, all) -> {
      Set<String> versions = all.stream().map(Dependency::version).collect(Collectors.toSet());
      boolean scoped = listed.manifest().tool().equals("Maven") && versions.size() == 1;
      if (all.size() > 1 && !scoped) {
        found.add(
            new Finding(
                "listed-twice",
                versions.size() > 1 ? Severity.MEDIUM : Severity.LOW,
                new Place(listed.manifest().path(), listed.lineOf(name)),
                "%s is listed %d times: %s."
                    .formatted(Words.code(name), all.size(), Words.list(told(all), 6)),
                "Which of them counts depends on the tool and its version.",
                "Keep one of them."));
      }
    });
  }

  private static List<String> told(List<Dependency> all) {
    return all.stream()
        .map(one ->
            (one.version().isEmpty() ? "no version" : one.version())
                + (one.scope().isEmpty() ? "" : " (" + one.scope() + ")"))
        .toList();
  }

  private void noLock(Listed listed, Ecosystem ecosystem) {
    int count = listed.manifest().dependencies().size();
    found.add(
        new Finding(
            "no-lock-file",
            Severity.MEDIUM,
            new Place(listed.manifest().path(), 0),
            "%s and no lock file beside it or above it."
                .formatted(Words.count(count, "dependency", "dependencies")),
            "What these bring along in turn is chosen anew at each build: nobody can say later what"
                + " was in a release, and a bad version arrives unnoticed.",
            "Run %s and commit the file.".formatted(ecosystem.lockCommand())));
  }

  private void severalLocks(List<Lock> locks) {
    found.add(
        new Finding(
            "several-lock-files",
            Severity.MEDIUM,
            new Place(locks.getFirst().path(), 0),
            "Lock files of several tools lie in one folder: %s."
                .formatted(Words.list(locks.stream().map(Lock::name).toList(), 6)),
            "Each holds other versions; which are built depends on who builds.",
            "Keep that of the tool you use, delete the others, and name the tool in packageManager."));
  }

  private void behind(Listed listed, Lock lock) {
    if (lock.text().isEmpty()) {
      return;
    }
    List<String> missing =
        listed.manifest().dependencies().stream()
            .filter(dependency -> !dependency.scope().equals("peer"))
            .filter(dependency -> !dependency.name().equals("php"))
            .filter(dependency -> !dependency.name().startsWith("ext-"))
            .map(Dependency::name)
            .distinct()
            .filter(name -> !LockNames.holds(lock.text(), name))
            .toList();
    if (!missing.isEmpty()) {
      found.add(
          new Finding(
              "lock-file-behind",
              Severity.MEDIUM,
              new Place(listed.manifest().path(), listed.lineOf(missing.getFirst())),
              "%s does not know %s.".formatted(Words.code(lock.path()), Words.list(missing, 8)),
              "A strict install (npm ci, cargo --locked) fails; a lax one chooses versions that"
                  + " nobody tested.",
              "Update the lock file and commit both together."));
    }
  }

  /** The same dependency with different versions in different places. */
  private void differing() {
    Map<String, Map<String, Set<String>>> all = new TreeMap<>();
    for (Listed listed : inventory.manifests()) {
      String ecosystem = listed.manifest().tool();
      for (Dependency one : listed.manifest().dependencies()) {
        boolean fixed =
            Ecosystem.of(ecosystem).filter(e -> e.pin(one.version()) != Pin.ELSEWHERE).isPresent();
        if (!one.version().isEmpty() && fixed) {
          all.computeIfAbsent(ecosystem + "\0" + one.name(), key -> new TreeMap<>())
              .computeIfAbsent(one.version(), key -> new TreeSet<>())
              .add(listed.manifest().path());
        }
      }
    }
    all.forEach((key, versions) -> {
      Set<String> paths = new TreeSet<>();
      versions.values().forEach(paths::addAll);
      if (versions.size() > 1 && paths.size() > 1) {
        found.add(
            new Finding(
                "versions-differ",
                Severity.LOW,
                Place.named(paths.iterator().next()),
                "%s is asked for in %d versions: %s; see %s."
                    .formatted(
                        Words.code(key.substring(key.indexOf('\0') + 1)),
                        versions.size(),
                        Words.list(List.copyOf(versions.keySet()), 6),
                        Words.list(List.copyOf(paths), 4)),
                "Parts of one product behave differently, and each version has to be kept up.",
                "Agree on one, best in one place (workspace, BOM, version catalog)."));
      }
    });
  }
}
