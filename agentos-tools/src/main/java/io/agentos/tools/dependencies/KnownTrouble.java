package io.agentos.tools.dependencies;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Packages that were given up, and versions that were broken into, as their maintainers and
 * registries have announced; a short list that needs no network and replaces no vulnerability
 * database.
 */
final class KnownTrouble {

  /**
   * A package that was given up.
   *
   * @param instead what to take
   */
  record Retired(Ecosystem ecosystem, String name, String instead) {}

  /** Versions that carried foreign code, or a fault that everybody was told to mend. */
  private record Bad(Ecosystem ecosystem, String name, Set<String> versions, String what) {}

  private static final List<Retired> RETIRED =
      List.of(
          new Retired(Ecosystem.NPM, "request", "fetch of Node.js itself, or undici"),
          new Retired(Ecosystem.NPM, "request-promise", "fetch of Node.js itself, or undici"),
          new Retired(Ecosystem.NPM, "node-sass", "sass"),
          new Retired(Ecosystem.NPM, "tslint", "eslint with typescript-eslint"),
          new Retired(Ecosystem.NPM, "babel-eslint", "@babel/eslint-parser"),
          new Retired(Ecosystem.NPM, "har-validator", "nothing; it is not maintained"),
          new Retired(Ecosystem.NPM, "left-pad", "String.prototype.padStart"),
          new Retired(Ecosystem.NPM, "moment", "Temporal, Luxon or date-fns"),
          new Retired(Ecosystem.NPM, "querystring", "URLSearchParams"),
          new Retired(Ecosystem.NPM, "bower", "npm"),
          new Retired(Ecosystem.NPM, "protractor", "Playwright or Cypress"),
          new Retired(Ecosystem.NPM, "react-scripts", "Vite"),
          new Retired(Ecosystem.PYPI, "sklearn", "scikit-learn"),
          new Retired(Ecosystem.PYPI, "pycrypto", "cryptography or pycryptodome"),
          new Retired(Ecosystem.PYPI, "nose", "pytest"),
          new Retired(Ecosystem.PYPI, "pypdf2", "pypdf"),
          new Retired(Ecosystem.PYPI, "distribute", "setuptools"),
          new Retired(Ecosystem.CARGO, "structopt", "clap with its derive feature"),
          new Retired(Ecosystem.CARGO, "serde_yaml", "another YAML crate; it is archived"),
          new Retired(Ecosystem.MAVEN, "log4j:log4j", "Logback, or Log4j 2"),
          new Retired(
              Ecosystem.MAVEN, "commons-lang:commons-lang", "org.apache.commons:commons-lang3"),
          new Retired(
              Ecosystem.MAVEN,
              "commons-collections:commons-collections",
              "org.apache.commons:commons-collections4"),
          new Retired(Ecosystem.MAVEN, "joda-time:joda-time", "java.time"),
          new Retired(Ecosystem.GO, "github.com/dgrijalva/jwt-go", "github.com/golang-jwt/jwt/v5"),
          new Retired(Ecosystem.GO, "github.com/pkg/errors", "errors of the standard library"));

  private static final List<Bad> BAD =
      List.of(
          new Bad(Ecosystem.NPM, "event-stream", Set.of("3.3.6"), "stole wallets (November 2018)"),
          new Bad(
              Ecosystem.NPM,
              "ua-parser-js",
              Set.of("0.7.29", "0.8.0", "1.0.0"),
              "mined and stole passwords (October 2021)"),
          new Bad(
              Ecosystem.NPM,
              "coa",
              Set.of("2.0.3", "2.0.4", "2.1.1", "2.1.3", "3.0.1", "3.1.3"),
              "stole passwords (November 2021)"),
          new Bad(
              Ecosystem.NPM,
              "rc",
              Set.of("1.2.9", "1.3.9", "2.3.9"),
              "stole passwords (November 2021)"),
          new Bad(
              Ecosystem.NPM,
              "colors",
              Set.of("1.4.1", "1.4.2", "1.4.44-liberty-2"),
              "loops for ever on purpose (January 2022)"),
          new Bad(Ecosystem.NPM, "faker", Set.of("6.6.6"), "was emptied on purpose (January 2022)"),
          new Bad(
              Ecosystem.NPM,
              "node-ipc",
              Set.of("10.1.1", "10.1.2", "9.2.2"),
              "deleted files by country (March 2022)"),
          new Bad(Ecosystem.NPM, "eslint-scope", Set.of("3.7.2"), "stole npm tokens (July 2018)"),
          new Bad(
              Ecosystem.PYPI,
              "ctx",
              Set.of("0.1.2", "0.2.2", "0.2.6"),
              "stole secrets (May 2022)"));

  private static final Set<String> LOG4J_SAFE_OLD = Set.of("2.3.2", "2.12.4");

  private KnownTrouble() {}

  static Optional<Retired> retired(Ecosystem ecosystem, String name) {
    return RETIRED.stream()
        .filter(one -> one.ecosystem() == ecosystem && one.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** What is wrong with this very version; empty when nothing is known. */
  static Optional<String> bad(Ecosystem ecosystem, String name, String version) {
    String number = version.replaceFirst("^[=v^~ ]+", "");
    if (name.equals("org.apache.logging.log4j:log4j-core")) {
      return log4Shell(number);
    }
    return BAD.stream()
        .filter(one -> one.ecosystem() == ecosystem && one.name().equals(name))
        .filter(one -> one.versions().contains(number))
        .map(Bad::what)
        .findFirst();
  }

  private static Optional<String> log4Shell(String number) {
    if (!number.matches("2\\.\\d{1,3}(?:\\.\\d{1,3})?.*") || LOG4J_SAFE_OLD.contains(number)) {
      return Optional.empty();
    }
    String[] parts = number.split("[.-]", -1);
    int minor = Integer.parseInt(parts[1]);
    boolean first = parts.length > 2 && parts[2].equals("0");
    boolean open = minor < 17 || (minor == 17 && (first || parts.length == 2));
    return open
        ? Optional.of("lets a logged text run code (Log4Shell, CVE-2021-44228 and its successors)")
        : Optional.empty();
  }
}
