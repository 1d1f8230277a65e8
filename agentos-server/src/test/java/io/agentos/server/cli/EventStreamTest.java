package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
  @Test
  void next_asTheyCome() {
    List<Event> events =
        read(
            """
            : hello

            retry: 100
            id: 1
            event: task.created
            data: {"time": "2026-11-22T10:00:00Z",
            data: "data": {"a": "ü"}}

            id:2\r
            event:task.completed\r
            data:{}\r
            \r
            id: 3
            data: {}
            """);

    assertThat(events).extracting(Event::id).containsExactly("1", "2");
    assertThat(events).extracting(Event::type).containsExactly("task.created", "task.completed");
    assertThat(events).extracting(Event::last).containsExactly(false, true);
    assertThat(events.getFirst().time()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(events.getFirst().data().text("a")).isEqualTo("ü");
    assertThat(events.getLast().time()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void next_brokenEventEndsIt() {
    assertThat(read("data: {\n\nid: 2\ndata: {}\n\n")).isEmpty();
  }

  private static List<Event> read(String text) {
    List<Event> events = new ArrayList<>();
    try (EventStream stream =
        new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
        events.add(next.get());
      }
    }
    return events;
  }
}
