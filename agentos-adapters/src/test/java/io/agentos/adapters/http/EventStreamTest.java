package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventStreamTest {
  private static final String STREAM =
      """
      : a comment, then two events and half a one

      event: greeting
      id: 7
      data: Grüße, 世界 🌍
      retry: 100

      data:one
      data: two
      data
      data:  four

      event: never

      dataset: none

      data: nobody ends this
      """;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void add_everyCutAndLineEnd_givesTheSameEvents(String lineEnd) throws Exception {
    byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(events(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
          .containsExactly("greeting=Grüße, 世界 🌍", "=one\ntwo\n\n four");
    }
  }

  @Test
  void add_byteByByte_givesTheSameEvents() throws Exception {
    byte[] bytes = STREAM.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    byte[][] single = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      single[i] = new byte[] {bytes[i]};
    }

    assertThat(events(single)).containsExactly("greeting=Grüße, 世界 🌍", "=one\ntwo\n\n four");
  }

  @Test
  void add_byteOrderMark_isSkippedAtTheBeginningOnly() throws Exception {
    assertThat(events(utf8("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n")))
        .containsExactly("=a", "=c");
  }

  @Test
  void add_manyBlankLines_areNoEvents() throws Exception {
    assertThat(events(utf8("\n\n\r\n\r\n: keep-alive\n\n\n\ndata: {}\r\n\r\n\r\n")))
        .containsExactly("={}");
  }

  @Test
  void add_noData_isNoEvent() throws Exception {
    assertThat(events(utf8("event: ping\n\ndata\n\n"))).containsExactly("=");
  }

  @Test
  void add_enough_readsNoFurther() throws Exception {
    List<String> seen = new ArrayList<>();
    EventStream stream =
        new EventStream((_, data) -> {
          seen.add(data);
          return data.equals("2");
        });

    assertThat(stream.add(List.of(ByteBuffer.wrap(utf8("data: 1\n\n"))))).isFalse();
    assertThat(stream.add(List.of(ByteBuffer.wrap(utf8("data: 2\n\ndata: 3\n\n"))))).isTrue();
    assertThat(seen).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xE9, 0xC0, 0xFF, 0x80})
  void add_notUtf8_isRefused(int wrong) {
    byte[] bytes = utf8("data: caf? is no word\n\n");
    bytes[9] = (byte) wrong;

    assertThatThrownBy(() -> events(bytes)).isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void add_surrogateInUtf8_isRefused() {
    byte[] bytes = utf8("data: ???\n\n");
    bytes[6] = (byte) 0xED;
    bytes[7] = (byte) 0xA0;
    bytes[8] = (byte) 0x80;

    assertThatThrownBy(() -> events(bytes)).isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void add_lineWithoutEnd_isBounded() {
    byte[] line = utf8("x".repeat(EventStream.EVENT_BYTES_MAX + 1));

    assertThatThrownBy(() -> events(line)).isInstanceOf(EventStream.TooLongException.class);
  }

  @Test
  void add_eventWithoutEnd_isBounded() {
    byte[] lines = utf8(("data: " + "x".repeat(1_000_000) + "\n").repeat(9));

    assertThatThrownBy(() -> events(lines)).isInstanceOf(EventStream.TooLongException.class);
  }

  private static List<String> events(byte[]... chunks) throws Exception {
    List<String> events = new ArrayList<>();
    EventStream stream =
        new EventStream((event, data) -> {
          events.add(event + "=" + data);
          return false;
        });
    for (byte[] chunk : chunks) {
      stream.add(List.of(ByteBuffer.wrap(chunk)));
    }
    return events;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
