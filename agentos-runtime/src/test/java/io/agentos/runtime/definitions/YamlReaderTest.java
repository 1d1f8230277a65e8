package io.agentos.runtime.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class YamlReaderTest {
  /** Generous for a busy machine; what it guards against takes minutes or ends the JVM. */
  private static final Duration BOMB_TIME_MAX = Duration.ofSeconds(20);

  @Test
  void read_plainValues() {
    JsonNode tree =
        tree(
            """
            text: a b
            quoted: "1"
            whole: 12
            large: 99999999999
            decimal: 1.50
            truth: true
            nothing:
            list: [1, {a: b}]
            block: |
              x
              y
            """);

    assertThat(tree.toString())
        .isEqualTo(
            """
            {"text":"a b","quoted":"1","whole":12,"large":99999999999,"decimal":1.50,"truth":true,\
            "nothing":null,"list":[1,{"a":"b"}],"block":"x\\ny\\n"}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yes", "no", "on", "0x1F", "010", "1_000", "12:30", "2020-01-01", "~", "True"})
  void read_scalarsThatOtherParsersTurnIntoSomethingElse_stayText(String text) {
    assertThat(tree("a: " + text).path("a").stringValue()).isEqualTo(text);
  }

  @Test
  void read_knowsThePlaceOfEachValue() {
    Document document =
        YamlReader.read("f", "a:\n  - b: 1\n    c.d: 2\n".getBytes(UTF_8), new Problems())
            .orElseThrow();

    assertThat(document.place("a")).isEqualTo(new Place(1, 1));
    assertThat(document.place("a[0]")).isEqualTo(new Place(2, 5));
    assertThat(document.place("a[0]['c.d']")).isEqualTo(new Place(3, 5));
    assertThat(document.place("a[0].missing.too")).isEqualTo(new Place(2, 5));
    assertThat(document.place("")).isEqualTo(new Place(1, 1));
  }

  @Test
  void read_byteOrderMarkAndCrLf() {
    assertThat(tree("\uFEFFa: 1\r\nb: 2\r\n").toString()).isEqualTo("{\"a\":1,\"b\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2| f:2:1: a: found key 'a' a second time; allowed: each key once",
        "a: {b: 1, b: 2}| f:1:11: a.b: found key 'b' a second time; allowed: each key once",
        "a: 1\\n---\\nb: 2| f:3:1: found a second document; allowed: exactly one",
        "a: !!java.net.URL [x]|"
            + " f:1:4: a: found tag '!!java.net.URL'; allowed: values without tags",
        "a: !!str x| f:1:4: a: found tag '!!str'; allowed: values without tags",
        "a: ! x| f:1:4: a: found tag '!'; allowed: values without tags",
        "a: &x [1]\\nb: *x| f:2:4: b: found alias '*x'; allowed: the value itself",
        "a: &x {c: 1}\\nb: {<<: *x}|"
            + " f:2:9: b['<<']: found alias '*x'; allowed: the value itself",
        "a: .nan| f:1:4: a: found .nan; allowed: finite numbers",
        "a: 1e1001| f:1:4: a: found 1e1001; allowed: exponents up to 1000",
        "a: -1e-999999999| f:1:4: a: found -1e-999999999; allowed: exponents up to 1000",
        "a: .inf| f:1:4: a: found .inf; allowed: finite numbers",
        "a: [1\\nb: 2| f:2:2: not YAML: expected ',' or ']', but got :",
        "a:\\n  b: 1\\n c: 2|"
            + " f:3:2: not YAML: expected <block end>, but found '<block mapping start>'",
        "x: 1\\na: \\0| f:2:4: found the character U+0000; allowed: printable ones",
        "''| f: found no document; allowed: exactly one",
        "# only words| f: found no document; allowed: exactly one",
        "? [a]\\n: b|"
            + " f:1:4: Expected a property name (Scalar value in YAML), got this instead: +SEQ []",
      })
  void read_notStrict(String yaml, String message) {
    assertThat(problem(unescaped(yaml))).isEqualTo(message);
  }

  @Test
  void read_twoProblems_bothTold() {
    assertThat(problem("a: 1\na: !!str x\n"))
        .isEqualTo(
            """
            f:2:1: a: found key 'a' a second time; allowed: each key once
            f:2:4: a: found tag '!!str'; allowed: values without tags\
            """);
  }

  @Test
  void read_notUtf8() {
    assertThat(problem(new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28}))
        .isEqualTo("f: found bytes that are not UTF-8; allowed: text in UTF-8");
  }

  @Test
  void read_tooManyBytes() {
    assertThat(problem("a: " + "x".repeat(YamlReader.BYTES_MAX)))
        .isEqualTo("f: found 1048579 bytes; allowed: 1048576");
  }

  @Test
  void read_tooDeep() {
    assertThat(tree("[".repeat(50) + "]".repeat(50)).isArray()).isTrue();
    assertThat(problem("[".repeat(51) + "]".repeat(51)))
        .isEqualTo("f:1:51: found values more than 50 levels deep; allowed: 50");
  }

  @Test
  void read_tooManyValues() {
    assertThat(tree("[" + "a,\n".repeat(YamlReader.VALUES_MAX - 1) + "]").size())
        .isEqualTo(YamlReader.VALUES_MAX - 1);
    assertThat(problem("[" + "a,\n".repeat(YamlReader.VALUES_MAX) + "]"))
        .isEqualTo("f:20000:1: found more than 20000 values; allowed: 20000");
  }

  @Test
  void read_keyTooLong() {
    assertThat(problem("a".repeat(201) + ": 1"))
        .isEqualTo("f:1:1: found a key of 201 characters; allowed: 200");
  }

  @Test
  void read_numberTooLong() {
    assertThat(problem("a: " + "9".repeat(200)))
        .startsWith("f: Number value length (200) exceeds the maximum allowed (100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{a: ",
        "- ",
        "? ",
        "a: &a [*a, ",
        "!a ",
        "\"",
        "'",
        "%",
        "&",
        "*",
        "|\n",
        "x ",
        "x: ",
        "#",
        "\t",
        "{",
        "}",
        "]",
        "a,",
        "- - ",
        "[[",
        "\n\n"
      })
  void read_bombs_endSoonAndCleanly(String piece) {
    String line = piece.repeat(YamlReader.LINE_LENGTH_MAX / piece.length());
    byte[] bomb = (line + "\n").repeat(20).getBytes(UTF_8);

    assertThat(assertTimeout(BOMB_TIME_MAX, () -> YamlReader.read("f", bomb, new Problems())))
        .satisfiesAnyOf(
            read -> assertThat(read).isEmpty(),
            read -> assertThat(read.orElseThrow().tree().isContainer()).isFalse());
  }

  @Test
  void read_hundredThousandBrackets() {
    assertThat(problem("[\n".repeat(100_000)))
        .isEqualTo("f:51:1: found values more than 50 levels deep; allowed: 50");
    assertThat(problem("[".repeat(100_000)))
        .isEqualTo("f: found a line of 100000 characters; allowed: 50000");
  }

  @Test
  void problems_beyondTwenty_areCounted() {
    StringBuilder yaml = new StringBuilder("a: 1\n");
    yaml.append("a: 1\n".repeat(25));

    assertThat(problem(yaml.toString()).lines().toList())
        .hasSize(21)
        .endsWith("f:21:1: a: found key 'a' a second time; allowed: each key once", "and 5 more");
  }

  private static JsonNode tree(String yaml) {
    Problems problems = new Problems();
    Optional<Document> document = YamlReader.read("f", yaml.getBytes(UTF_8), problems);
    problems.throwIfAny();
    return document.orElseThrow().tree();
  }

  private static String problem(String yaml) {
    return problem(yaml.getBytes(UTF_8));
  }

  private static String problem(byte[] yaml) {
    Problems problems = new Problems();
    assertThat(YamlReader.read("f", yaml, problems)).isEmpty();
    return Told.by(problems::throwIfAny).detail();
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\0", "\0");
  }
}
