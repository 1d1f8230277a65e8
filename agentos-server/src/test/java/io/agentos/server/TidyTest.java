package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The house rules that a machine can count. An exception stands in a list here with its reason, and
 * the lists may only shrink.
 */
final class TidyTest {
  private static final int FILE_LINES_MAX = 300;
  private static final int METHOD_LINES_MAX = 40;

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|record|interface|enum)\\s+([A-Z][A-Za-z0-9]*)");
  private static final Pattern BANNED =
      Pattern.compile(".*(Manager|Helper|Util|Utils|Common|Base|Impl|Abstract|Data)$");
  private static final Pattern DECISION = Pattern.compile("\\d{4}-[a-z0-9-]+\\.md");

  /** Longer than a screen for a reason. */
  private static final Set<String> LONG_METHODS =
      Set.of(
          // The composition root: every part is made there, top to bottom.
          "AgentOs.java: <init>");

  /** Longer than three screens for a reason. */
  private static final Set<String> LONG_FILES =
      Set.of(
          // An auditor reads it whole, carries it away and runs it with no more than a JDK.
          "verifier/AuditVerifier.java");

  @Test
  void files_areShort() throws IOException {
    assertThat(offenders(source -> source.lines().size() > FILE_LINES_MAX)).isEmpty();
    assertThat(SourceTree.verifier())
        .extracting(SourceTree.Source::name)
        .containsExactlyElementsOf(LONG_FILES);
    List<String> tests = new ArrayList<>();
    for (String module : SourceTree.MODULES) {
      SourceTree.tests(module).stream()
          .filter(source -> source.lines().size() > FILE_LINES_MAX)
          .forEach(source -> tests.add(source.name()));
    }
    assertThat(tests).isEmpty();
  }

  @Test
  void methods_areShort() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : SourceTree.MODULES) {
      SourceTree.main(module).forEach(source -> sources.add(source.path()));
    }
    List<String> tooLong = new ArrayList<>();
    MethodLengths.of(sources)
        .forEach((method, lines) -> {
          if (lines > METHOD_LINES_MAX && !LONG_METHODS.contains(method)) {
            tooLong.add(method + " has " + lines);
          }
        });
    assertThat(tooLong).isEmpty();
  }

  @Test
  void typeNames_sayWhatTheyAre() throws IOException {
    List<String> banned = new ArrayList<>();
    for (String module : SourceTree.MODULES) {
      for (SourceTree.Source source : SourceTree.main(module)) {
        Matcher types = TYPE.matcher(withoutComments(source.text()));
        while (types.find()) {
          if (BANNED.matcher(types.group(1)).matches()) {
            banned.add(source.name() + ": " + types.group(1));
          }
        }
      }
    }
    assertThat(banned).isEmpty();
  }

  @Test
  void packages_sayWhatTheyAre() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String module : SourceTree.MODULES) {
      for (SourceTree.Source source : SourceTree.main(module)) {
        Path info = source.path().resolveSibling("package-info.java");
        if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
          missing.add(source.packageName());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void sql_standsInSqlClasses() throws IOException {
    List<String> wrong = new ArrayList<>();
    Pattern statement =
        Pattern.compile("\"{1,3}\\s*(select|insert into|update [a-z_]+ set|delete from) ");
    for (SourceTree.Source source : SourceTree.main("agentos-runtime")) {
      boolean sqlClass = source.path().getFileName().toString().endsWith("Sql.java");
      if (!sqlClass && statement.matcher(source.text()).find()) {
        wrong.add(source.name());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void jdbc_staysInTheStore() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (SourceTree.Source source : SourceTree.main("agentos-runtime")) {
      if (source.text().contains("import java.sql.")
          && !source.packageName().equals("io.agentos.runtime.store")) {
        wrong.add(source.name());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void tests_neitherSleepNorRest() throws IOException {
    List<String> wrong = new ArrayList<>();
    Pattern forbidden =
        Pattern.compile("Thread\\.sleep\\(|@Disabled|org\\.mockito|assumeTrue\\(false");
    for (String module : SourceTree.MODULES) {
      for (SourceTree.Source source : SourceTree.tests(module)) {
        if (!source.path().endsWith("TidyTest.java") && forbidden.matcher(source.text()).find()) {
          wrong.add(source.name());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothing_isLeftToDo() throws IOException {
    Pattern left =
        Pattern.compile("\\bTODO:|\\bFIXME:|not implemented|UnsupportedOperationException\\(\\)");
    assertThat(
            offenders(source ->
                !source.name().contains("/tools/code/") && left.matcher(source.text()).find()))
        .isEmpty();
  }

  @Test
  void errorCodes_areDocumented() throws IOException {
    String page = Files.readString(SourceTree.root().resolve("docs/errors.md"));
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(page).contains("`" + code.name() + "`");
    }
  }

  @Test
  void architecture_linksToClassesThatExist() throws IOException {
    Path docs = SourceTree.root().resolve("docs");
    Matcher links =
        Pattern.compile("\\]\\((\\.\\./[^)]+\\.java)\\)")
            .matcher(Files.readString(docs.resolve("architecture.md")));
    int count = 0;
    while (links.find()) {
      count++;
      assertThat(docs.resolve(links.group(1))).exists();
    }
    assertThat(count).isGreaterThanOrEqualTo(10);
  }

  @Test
  void documents_linkToFilesThatExist() throws IOException {
    Path root = SourceTree.root();
    List<Path> pages =
        new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")));
    try (var files = Files.walk(root.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    List<String> broken = new ArrayList<>();
    Pattern link = Pattern.compile("\\]\\(((?!https?:|#|mailto:)[^)#]+)(?:#[^)]*)?\\)");
    for (Path page : pages) {
      Matcher links = link.matcher(Files.readString(page));
      while (links.find()) {
        if (!Files.exists(page.resolveSibling(links.group(1)))) {
          broken.add(root.relativize(page) + " -> " + links.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void decisions_areNumbered() throws IOException {
    try (var files = Files.list(SourceTree.root().resolve("docs/decisions"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .isNotEmpty()
          .allSatisfy(name -> assertThat(name).matches(DECISION));
    }
  }

  private static List<String> offenders(Predicate<SourceTree.Source> rule) throws IOException {
    List<String> names = new ArrayList<>();
    for (String module : SourceTree.MODULES) {
      for (SourceTree.Source source : SourceTree.main(module)) {
        if (rule.test(source)) {
          names.add(source.name());
        }
      }
    }
    return names;
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\\n]*", "");
  }
}
