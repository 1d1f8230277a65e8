package io.agentos.tools.dependencies;

import io.agentos.tools.code.Dependency;
import io.agentos.tools.dependencies.Inventory.Listed;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names that look like others, were given up, or belong to tests. */
final class NameChecks {
  private static final Set<String> OF_TESTS =
      Set.of(
          "jest",
          "mocha",
          "chai",
          "sinon",
          "cypress",
          "playwright",
          "eslint",
          "prettier",
          "nodemon",
          "husky",
          "pytest",
          "tox",
          "black",
          "flake8",
          "mypy",
          "junit:junit",
          "org.junit.jupiter:junit-jupiter",
          "org.mockito:mockito-core",
          "org.assertj:assertj-core",
          "phpunit/phpunit",
          "rspec",
          "rubocop");

  private NameChecks() {}

  static List<Finding> findings(Inventory inventory) {
    List<Finding> found = new ArrayList<>();
    for (Listed listed : inventory.manifests()) {
      Ecosystem.of(listed.manifest().tool())
          .ifPresent(ecosystem ->
              listed
                  .manifest()
                  .dependencies()
                  .forEach(dependency -> check(listed, ecosystem, dependency, found)));
    }
    return found;
  }

  private static void check(
      Listed listed, Ecosystem ecosystem, Dependency dependency, List<Finding> found) {
    String name = dependency.name();
    Place place = new Place(listed.manifest().path(), listed.lineOf(name));
    PopularNames.lookedLike(ecosystem, name)
        .ifPresent(popular ->
            found.add(
                new Finding(
                    "name-looks-like",
                    Severity.HIGH,
                    place,
                    "%s is almost %s, which very many people use."
                        .formatted(Words.code(name), Words.code(popular)),
                    "Names like that are registered to be installed by mistake; their install"
                        + " scripts steal keys.",
                    "Look the package up in its registry: since when, by whom, how often used. If"
                        + " %s was meant, remove this one, and change what secrets the machine had."
                            .formatted(popular))));
    trouble(place, ecosystem, dependency, found);
  }

  private static void trouble(
      Place place, Ecosystem ecosystem, Dependency dependency, List<Finding> found) {
    String name = dependency.name();
    KnownTrouble.bad(ecosystem, name, dependency.version())
        .ifPresent(what -> found.add(compromised(place, dependency, what)));
    KnownTrouble.retired(ecosystem, name)
        .ifPresent(retired ->
            found.add(
                new Finding(
                    "given-up",
                    Severity.MEDIUM,
                    place,
                    "%s is no longer maintained, or its makers advise against it."
                        .formatted(Words.code(name)),
                    "Faults found in it will not be mended.",
                    "Take instead: %s.".formatted(retired.instead()))));
    if (dependency.scope().isEmpty() && OF_TESTS.contains(name.toLowerCase(Locale.ROOT))) {
      found.add(
          new Finding(
              "tool-in-product",
              Severity.LOW,
              place,
              "%s is a tool for tests or builds and is listed for the product."
                  .formatted(Words.code(name)),
              "It is delivered to users and counts in every audit.",
              "Move it to the development or test dependencies."));
    }
  }

  static Finding compromised(Place place, Dependency dependency, String what) {
    return new Finding(
        "known-bad-version",
        Severity.HIGH,
        place,
        "%s %s %s."
            .formatted(Words.code(dependency.name()), Words.code(dependency.version()), what),
        "The version is known to do harm.",
        "Take a newer one now. If it was ever installed, change all secrets of those machines.");
  }
}
