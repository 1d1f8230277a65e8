package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds each package of the runtime to its level: imports go down, never up or sideways. */
final class LevelsTest {
  /** From the top to the bottom; packages of one line do not know each other. */
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("orchestrator"),
          List.of("packs"),
          List.of("gates", "models", "routing", "webhooks"),
          List.of("approvals", "budgets", "policy", "retention"),
          List.of("catalogue", "privacy", "intake", "shelf"),
          List.of("state", "costs", "definitions", "tools"),
          List.of("durable", "sessions"),
          List.of("killswitch", "identity", "idempotency", "secrets"),
          List.of("vault", "checkpoints", "sinks"),
          List.of("audit"),
          List.of("store", "json", "redaction", "egress", "merkle"));

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?io\\.agentos\\.([a-z]+)\\.([a-z]+)", Pattern.MULTILINE);

  /** What each module's own code may import of the others; api imports nothing. */
  private static final List<String> PLUGIN_MODULES = List.of("adapters", "tools");

  @Test
  void runtime_importsGoDown() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (SourceTree.Source source : SourceTree.main("agentos-runtime")) {
      String from = source.packageName().substring("io.agentos.runtime.".length());
      Matcher imports = IMPORT.matcher(source.text());
      while (imports.find()) {
        if (imports.group(1).equals("runtime") && !mayImport(from, imports.group(2))) {
          wrong.add(source.name() + " imports " + imports.group(2));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyPackageOfTheRuntime_hasALevel() throws IOException {
    List<String> known = LEVELS.stream().flatMap(List::stream).toList();
    for (SourceTree.Source source : SourceTree.main("agentos-runtime")) {
      assertThat(known).contains(source.packageName().substring("io.agentos.runtime.".length()));
    }
  }

  @Test
  void adaptersAndTools_seeNothingButTheApi() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String module : PLUGIN_MODULES) {
      for (SourceTree.Source source : SourceTree.main("agentos-" + module)) {
        Matcher imports = IMPORT.matcher(source.text());
        while (imports.find()) {
          if (!List.of("api", "spi", module).contains(imports.group(1))) {
            wrong.add(source.name() + " imports " + imports.group());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void api_seesNothing() throws IOException {
    for (SourceTree.Source source : SourceTree.main("agentos-api")) {
      Matcher imports =
          Pattern.compile(
                  "^import (?!java\\.|org\\.jspecify|io\\.agentos\\.(api|spi))", Pattern.MULTILINE)
              .matcher(source.text());
      assertThat(imports.find()).as(source.name()).isFalse();
    }
    assertThat(Path.of(SourceTree.root().toString(), "agentos-api", "pom.xml")).exists();
  }

  private static boolean mayImport(String from, String to) {
    return from.equals(to) || level(from) < level(to);
  }

  private static int level(String name) {
    for (int i = 0; i < LEVELS.size(); i++) {
      if (LEVELS.get(i).contains(name)) {
        return i;
      }
    }
    throw new AssertionError("package without a level: " + name);
  }
}
