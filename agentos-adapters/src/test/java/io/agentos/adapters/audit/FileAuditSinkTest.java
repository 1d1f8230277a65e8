package io.agentos.adapters.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditRecord;
import io.agentos.api.TenantId;
import io.agentos.spi.AuditSink;
import io.agentos.testkit.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileAuditSinkTest extends AuditSinkContract {
  private static final TenantId OWLS = new TenantId("owls");

  @TempDir private Path folder;

  @Override
  protected AuditSink sink() {
    return new FileAuditSink(file(), 1_000_000, 3);
  }

  @Override
  protected List<String> bodies() {
    return lines(file()).stream().map(FileAuditSinkTest::body).toList();
  }

  /** A folder in the place of the file. */
  @Override
  protected void breakPlace() {
    try {
      Files.move(file(), folder.resolve("moved"));
      Files.createDirectory(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void mendPlace() {
    try {
      Files.delete(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void line_holdsTheStoredTextByteForByte_forItsOwnerAlone() throws IOException {
    AuditRecord record = records(OWLS, 1, 1).getFirst();

    sink().accept(List.of(record));

    assertThat(lines(file()))
        .containsExactly("{\"hash\":\"%s\",\"entry\":%s}".formatted(record.hash(), record.body()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void lineThatACrashCutOff_isCutAway_andComesAgain() throws IOException {
    sink().accept(records(OWLS, 1, 2));
    String cut = lines(file()).getFirst().substring(0, 40);
    Files.writeString(file(), cut.repeat(500), StandardOpenOption.APPEND);

    sink().accept(records(OWLS, 3, 1));

    assertThat(bodies()).isEqualTo(records(OWLS, 1, 3).stream().map(AuditRecord::body).toList());
  }

  @Test
  void fileThatIsFull_isKept_soManyOfThem_andNoLineIsTorn() throws IOException {
    AuditRecord one = records(OWLS, 1, 1).getFirst();
    long two = 2L * ("{\"hash\":\"\",\"entry\":}\n".length() + 64 + one.body().length());
    FileAuditSink small = new FileAuditSink(file(), two + 9, 2);

    small.accept(records(OWLS, 1, 5));

    assertThat(bodies()).hasSize(1);
    assertThat(lines(folder.resolve("log.ndjson.1"))).hasSize(2);
    assertThat(lines(folder.resolve("log.ndjson.2"))).hasSize(2);
    small.accept(records(OWLS, 6, 3));
    assertThat(bodies()).hasSize(2);
    assertThat(body(lines(folder.resolve("log.ndjson.2")).getFirst())).startsWith("{\"seq\":3,");
    assertThat(Files.exists(folder.resolve("log.ndjson.3"))).isFalse();
    small.close();
  }

  @Test
  void fileThatSomebodyTookAway_isMadeAnew() throws IOException {
    AuditSink sink = sink();
    sink.accept(records(OWLS, 1, 1));
    Files.delete(file());

    sink.accept(records(OWLS, 2, 1));

    assertThat(bodies()).hasSize(1);
  }

  @Test
  void placeThatCannotBeWritten_isNamed() throws IOException {
    Files.writeString(folder.resolve("in"), "no folder");
    FileAuditSink sink = new FileAuditSink(folder.resolve("in").resolve("log.ndjson"), 10, 1);

    assertThatThrownBy(() -> sink.accept(records(OWLS, 1, 1)))
        .isInstanceOf(AgentOsException.class)
        .hasMessage(
            "The audit log cannot be written to %s (FileAlreadyExistsException); give it room, or set audit.file to another."
                .formatted(folder.resolve("in").resolve("log.ndjson")));
  }

  private Path file() {
    return folder.resolve("log.ndjson");
  }

  private static String body(String line) {
    return line.substring(line.indexOf("\"entry\":") + 8, line.length() - 1);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) && !Files.isDirectory(file)
          ? Files.readString(file).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
