package io.agentos.tools.changes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Places in which a fault does more harm than elsewhere, told by their paths. */
enum RiskyPlace {
  SIGN_IN(
      "sign-in and permissions",
      12,
      "Strangers get in, or everybody is locked out.",
      "auth|login|logout|signin|signup|session|oauth|oidc|saml|password|permission|permissions|acl"
          + "|rbac|role|roles|policy|policies|token|jwt"),
  MONEY(
      "money",
      12,
      "People are charged twice, or not at all.",
      "payment|payments|billing|invoice|invoices|checkout|refund|refunds|price|prices|pricing|tax"
          + "|ledger|payout|subscription|subscriptions"),
  MIGRATION(
      "database migrations",
      12,
      "It cannot be undone by rolling the code back, and may lock tables.",
      "migration|migrations|flyway|liquibase|alembic|schema"),
  SECRETS(
      "secrets and cryptography",
      12,
      "What was hidden can be read, for good.",
      "secret|secrets|crypto|cipher|encryption|keystore|vault|certificate|certificates|tls"),
  CONCURRENCY(
      "concurrency",
      6,
      "Faults show rarely, under load, and cannot be repeated.",
      "lock|locks|mutex|thread|threads|concurrent|concurrency|scheduler|queue|worker|workers|retry"),
  DELIVERY(
      "build and delivery",
      6,
      "It runs with the keys of the build, and on every machine.",
      "dockerfile|jenkinsfile|makefile|workflows|terraform|helm|k8s|kubernetes|ansible|deploy"
          + "|deployment|docker"),
  DEPENDENCIES("dependencies", 6, "Other people's code changes with it.", "");

  private static final Set<String> MANIFESTS =
      Set.of(
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "package.json",
          "go.mod",
          "cargo.toml",
          "pyproject.toml",
          "requirements.txt",
          "gemfile",
          "composer.json",
          "libs.versions.toml");
  private static final Pattern BETWEEN =
      Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");

  private final String title;
  private final int points;
  private final String harm;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that cannot be changed
  private final Set<String> words;

  RiskyPlace(String title, int points, String harm, String words) {
    this.title = title;
    this.points = points;
    this.harm = harm;
    this.words = Set.copyOf(Arrays.asList(words.split("\\|", -1)));
  }

  String title() {
    return title;
  }

  /** What it adds to the score. */
  int points() {
    return points;
  }

  String harm() {
    return harm;
  }

  /** All that a path belongs to. */
  static List<RiskyPlace> of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (MANIFESTS.contains(name)) {
      return List.of(DEPENDENCIES);
    }
    List<String> parts =
        Arrays.stream(BETWEEN.split(path)).map(part -> part.toLowerCase(Locale.ROOT)).toList();
    return Arrays.stream(values())
        .filter(place -> place != DEPENDENCIES)
        .filter(place -> parts.stream().anyMatch(place.words::contains))
        .toList();
  }
}
