package io.agentos.server.audit;

import static io.agentos.server.audit.SignedLog.BELLS;
import static io.agentos.server.audit.SignedLog.LAMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.checkpoints.AuditExport;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every way to change a log, at every one of its entries: the verifier finds it and names the first
 * entry that is not what it was. Line i of an export is entry i.
 */
final class MutationTest {
  private static final int ENTRIES = 60;

  private static SignedLog log;
  private static List<String> good;
  private static String tree;

  @BeforeAll
  static void open() {
    log = new SignedLog();
    log.append(LAMPS, ENTRIES);
    log.append(BELLS, 15);
    good = log.lines(LAMPS, AuditExport.Part.WHOLE);
    tree = log.folder.resolve("lamps.tree").toString();
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @Test
  void untouchedLog_fits() {
    assertThat(log.verify(LAMPS, good))
        .isEqualTo("0 ok: entries 1 to 60 of test.example/lamps fit 6 checkpoints");
    assertThat(log.verify(LAMPS, good, "--tree", tree)).startsWith("0 ok: ");
    assertThat(log.verify(BELLS, log.lines(BELLS, AuditExport.Part.WHOLE))).startsWith("0 ok: ");
  }

  @Test
  void flippedByte_isFoundWhereItIs() {
    for (int i = 1; i <= ENTRIES; i++) {
      for (String field : List.of("body", "hash")) {
        List<String> lines = new ArrayList<>(good);
        String before = field.equals("body") ? "amber" : hash(i);
        String after = field.equals("body") ? "amcer" : flipped(hash(i));
        lines.set(i, lines.get(i).replace(before, after));
        bad(lines, i);
      }
      byte[] line = good.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      for (int at = 0; at < line.length; at += 29) {
        byte[] flipped = line.clone();
        flipped[at] ^= 1;
        List<String> lines = new ArrayList<>(good);
        lines.set(i, new String(flipped, java.nio.charset.StandardCharsets.UTF_8));
        bad(lines, i);
      }
    }
  }

  @Test
  void deletedEntry_isFoundWhereItWas() {
    for (int i = 1; i <= ENTRIES; i++) {
      List<String> lines = new ArrayList<>(good);
      lines.remove(i);
      bad(lines, i);
    }
  }

  @Test
  void swappedEntries_areFoundAtTheFirst() {
    for (int i = 1; i < ENTRIES; i++) {
      List<String> lines = new ArrayList<>(good);
      lines.set(i, good.get(i + 1));
      lines.set(i + 1, good.get(i));
      bad(lines, i);
    }
  }

  @Test
  void insertedEntry_isFoundWhereItIs() {
    for (int i = 1; i <= ENTRIES; i++) {
      List<String> lines = new ArrayList<>(good);
      String forged = body(i).replace("amber", "green");
      lines.add(i, line(i, hash(i), forged));
      bad(lines, i);
    }
  }

  @Test
  void doubledEntry_isFoundAfterTheFirst() {
    for (int i = 1; i <= ENTRIES; i++) {
      List<String> lines = new ArrayList<>(good);
      lines.add(i, good.get(i));
      bad(lines, i + 1);
    }
  }

  @Test
  void renumberedEntries_areFoundAtTheFirst() {
    for (int i = 1; i <= ENTRIES; i++) {
      List<String> onlyTheNumber = new ArrayList<>(good);
      onlyTheNumber.set(i, line(i + 7, hash(i), body(i)));
      bad(onlyTheNumber, i);
      // One is taken out and the others move up, numbers and contents alike.
      List<String> movedUp = new ArrayList<>(good.subList(0, i));
      for (int j = i + 1; j <= ENTRIES; j++) {
        String body = body(j).replace("{\"seq\":" + j + ",", "{\"seq\":" + (j - 1) + ",");
        movedUp.add(line(j - 1, hash(j), body));
      }
      movedUp.add(end(ENTRIES - 1));
      movedUp.set(0, header(ENTRIES - 1));
      bad(movedUp, i);
    }
  }

  @Test
  void cutTail_isFoundAtTheFirstThatIsGone() {
    for (int i = 1; i <= ENTRIES; i++) {
      List<String> honest = new ArrayList<>(good.subList(0, i));
      bad(honest, i);
      List<String> lying = new ArrayList<>(honest);
      lying.set(0, header(i - 1));
      lying.add(end(i - 1));
      bad(lying, i);
    }
  }

  /**
   * Everything from i on is written anew, and every hash fits: only a root kept elsewhere tells.
   */
  @Test
  void rewrittenSuffix_isFound_exactlyWithTheKeptTree() {
    for (int i = 1; i <= ENTRIES; i++) {
      List<String> lines = rewritten(i, ENTRIES);
      bad(lines, i, "--tree", tree);
      // The checkpoints alone name the first entry after the last one that fits.
      bad(lines, (i - 1) / 10 * 10 + 1);
    }
  }

  @Test
  void rewindThatGrewAgain_isFound() {
    for (int i = 1; i <= ENTRIES; i++) {
      bad(rewritten(i, ENTRIES + 5), i, "--tree", tree);
    }
  }

  @Test
  void replacedKey_isFound() throws IOException {
    SignedLog forger = new SignedLog();
    try (forger) {
      forger.append(LAMPS, ENTRIES);
      for (String name : List.of("lamps.txt", "lamps.pub")) {
        Files.copy(
            forger.folder.resolve(name),
            log.folder.resolve("forged-" + name),
            StandardCopyOption.REPLACE_EXISTING);
      }
      List<String> forged = forger.lines(LAMPS, AuditExport.Part.WHOLE);
      assertThat(forger.verify(LAMPS, forged)).startsWith("0 ok: ");
      String text = String.join("\n", forged) + "\n";
      assertThat(log.verify(LAMPS, text, "forged-lamps.txt", LAMPS))
          .isEqualTo("1 bad: entry 1: the checkpoint over it is not signed by test.example/lamps");
      assertThat(log.verify(LAMPS, text, "lamps.txt", LAMPS)).startsWith("1 bad: entry 1: ");
    }
  }

  @Test
  void otherTenantsLog_isNotThisOne() {
    List<String> bells = log.lines(BELLS, AuditExport.Part.WHOLE);
    assertThat(log.verify(LAMPS, bells))
        .isEqualTo(
            "1 bad: entry 1: the file is of another log than the key, which is of test.example/lamps");
    List<String> mixed = new ArrayList<>(good);
    mixed.set(5, bells.get(5));
    bad(mixed, 5);
  }

  private static void bad(List<String> lines, long seq, String... options) {
    assertThat(log.verify(LAMPS, lines, options)).startsWith("1 bad: entry " + seq + ": ");
  }

  private static List<String> rewritten(int from, int entries) {
    List<String> lines = new ArrayList<>(good.subList(0, from));
    byte[] hash = from == 1 ? new byte[Audit.HASH_BYTES] : HexFormat.of().parseHex(hash(from - 1));
    for (int j = from; j <= entries; j++) {
      int like = Math.min(j, ENTRIES);
      String body =
          body(like)
              .replace("amber", "green")
              .replace("{\"seq\":" + like + ",", "{\"seq\":" + j + ",");
      hash = Audit.chained(hash, body);
      lines.add(line(j, HexFormat.of().formatHex(hash), body));
    }
    lines.add(end(entries));
    lines.set(0, header(entries));
    return lines;
  }

  private static String header(int last) {
    return good.getFirst().replace("\"last\":60", "\"last\":" + last);
  }

  private static String end(int last) {
    return "{\"end\":" + last + "}";
  }

  private static String line(long seq, String hash, String body) {
    return "{\"seq\":%d,\"hash\":\"%s\",\"body\":%s}".formatted(seq, hash, Json.write(body));
  }

  private static String hash(int i) {
    return String.valueOf(member(i, "hash"));
  }

  private static String body(int i) {
    return String.valueOf(member(i, "body"));
  }

  private static @Nullable Object member(int i, String name) {
    Map<String, @Nullable Object> line = Json.readObject(good.get(i));
    return line.get(name);
  }

  private static String flipped(String hash) {
    return (hash.charAt(0) == 'a' ? 'b' : 'a') + hash.substring(1);
  }
}
