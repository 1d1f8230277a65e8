package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PagingTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void pages_neitherRepeatNorMissWhileTasksAreAdded() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      made.addFirst(submit());
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = api.client().get("/v1/tasks?limit=7" + cursor);
      page.json().path("data").forEach(task -> seen.add(task.path("id").asString()));
      submit();
      JsonNode next = page.json().path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactlyElementsOf(made);
  }

  @Test
  void lastPage_hasNoCursor() {
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    assertThat(other.get("/v1/tasks").json().toString())
        .isEqualTo("{\"data\":[],\"next_cursor\":null}");
    other.post("/v1/tasks", "{\"input\":\"x\"}");
    other.post("/v1/tasks", "{\"input\":\"x\"}");

    assertThat(other.get("/v1/tasks?limit=2").json().path("next_cursor").isNull()).isTrue();
    assertThat(other.get("/v1/tasks?limit=1").json().path("next_cursor").isNull()).isFalse();
  }

  @Test
  void cursor_belongsToItsList() {
    String cursor = api.client().get("/v1/keys?limit=1").text("next_cursor");

    assertThat(api.client().get("/v1/keys?limit=1&cursor=" + cursor).status()).isEqualTo(200);
    for (String list : List.of("tasks", "approvals", "kill-switches", "audit", "packs", "agents")) {
      Reply reply = api.client().get("/v1/" + list + "?cursor=" + cursor);
      assertThat(reply.status()).as(list).isEqualTo(422);
      assertThat(reply.paths()).containsExactly("cursor");
    }
  }

  @Test
  void everyList_isPaged() {
    for (String list : List.of("keys", "audit", "packs", "agents", "tools", "providers")) {
      List<String> whole = new ArrayList<>();
      api.client()
          .get("/v1/" + list + "?limit=200")
          .json()
          .path("data")
          .forEach(o -> whole.add(o.toString()));
      List<String> parts = new ArrayList<>();
      String cursor = "";
      do {
        Reply page = api.client().get("/v1/" + list + "?limit=1" + cursor);
        assertThat(page.json().path("data").size()).isEqualTo(1);
        parts.add(page.json().at("/data/0").toString());
        JsonNode next = page.json().path("next_cursor");
        cursor = next.isNull() ? "" : "&cursor=" + next.asString();
      } while (!cursor.isEmpty());
      assertThat(parts).as(list).hasSizeGreaterThan(1).containsExactlyElementsOf(whole);
    }
  }

  private static String submit() {
    return api.client().post("/v1/tasks", "{\"input\":\"x\"}").text("id");
  }
}
